//! `GET /resources`.

mod resource;

use org_auth::scope::ReadResources;
use org_domain::resources::ResourceQuery;

pub(crate) use resource::Resource;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listResources",
    tag: tags::RESOURCES,
    summary: "List resources",
    description: "Halls, rooms and equipment, by name, then id.",
};

pub(crate) async fn list(
    call: Call<ReadResources, Listing<ResourceQuery>>,
) -> Result<Answer<List<Resource>>, Failure> {
    call.list().await
}

impl Filters for ResourceQuery {
    fn read(_: &mut Arguments<'_>) -> Self {
        Self
    }
}
