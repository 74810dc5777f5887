//! One production.

use org_auth::scope::ReadOperations;
use org_kernel::id::ProductionId;

use super::ProductionDetail;
use crate::answer::Answer;
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const GET: About = About {
    id: "getProduction",
    tag: tags::PROGRAMME,
    summary: "Get a production",
    description: "A production with its services (by start), its programme (in order) and its \
        checklist (by position).",
};

pub(crate) async fn get(
    call: Call<ReadOperations, OneProduction>,
) -> Result<Answer<ProductionDetail>, Failure> {
    call.answer(|reads, org, OneProduction(id)| {
        let found = reads.library.production(org, *id)?;
        found.ok_or(Failure::NotFound)
    })
    .await
}

/// Which production.
pub(crate) struct OneProduction(ProductionId);

impl Input for OneProduction {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        Some(Self(arguments.path_id("id", "The production.")))
    }
}
