//! `GET /tours`.

mod tour;

use org_auth::scope::ReadOperations;
use org_domain::tours::TourQuery;

pub(crate) use tour::Tour;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listTours",
    tag: tags::PROGRAMME,
    summary: "List tours",
    description: "The latest start first, then by id.",
};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<TourQuery>>,
) -> Result<Answer<List<Tour>>, Failure> {
    call.list().await
}

impl Filters for TourQuery {
    fn read(_: &mut Arguments<'_>) -> Self {
        Self
    }
}
