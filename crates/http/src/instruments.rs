//! `GET /instruments`.

mod instrument;

use org_auth::scope::ReadResources;
use org_domain::instruments::InstrumentQuery;

pub(crate) use instrument::Instrument;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listInstruments",
    tag: tags::RESOURCES,
    summary: "List instruments",
    description: "By name, then id.",
};

pub(crate) async fn list(
    call: Call<ReadResources, Listing<InstrumentQuery>>,
) -> Result<Answer<List<Instrument>>, Failure> {
    call.list().await
}

impl Filters for InstrumentQuery {
    fn read(_: &mut Arguments<'_>) -> Self {
        Self
    }
}
