//! `GET /`: the organization itself.

mod profile;

use org_auth::scope::ReadOperations;

pub(crate) use profile::Organization;

use crate::answer::Answer;
use crate::call::Call;
use crate::failure::Failure;
use crate::route::About;
use crate::tags;

pub(crate) const GET: About = About {
    id: "getOrganization",
    tag: tags::ORGANIZATION,
    summary: "Get the organization",
    description: "The organization that the key belongs to. The path may end in a slash.",
};

pub(crate) async fn get(call: Call<ReadOperations, ()>) -> Result<Answer<Organization>, Failure> {
    call.answer(|reads, org, ()| {
        let found = reads.library.by_id(org)?;
        found.ok_or_else(|| Failure::internal("the key's organization is gone"))
    })
    .await
}
