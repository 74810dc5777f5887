//! A new item.

use org_auth::scope::WriteChecklist;
use org_domain::productions::ProductionPlan;
use org_domain::transaction::{Holds, Transaction};
use org_kernel::id::ProductionId;
use org_kernel::text::Line;
use org_kernel::{StoreError, WriteError};

use super::ChecklistItem;
use super::form::Label;
use crate::answer::Created;
use crate::call::{Names, Write};
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const APPEND: About = About {
    id: "appendChecklistItem",
    tag: tags::PROGRAMME,
    summary: "Add to a checklist",
    description: "Adds something to do at the end of a production's checklist.",
};

pub(crate) async fn append(
    call: Write<WriteChecklist, Append>,
) -> Result<Created<ChecklistItem>, Failure> {
    call.create(|api, tx, Append { production, label }| {
        let appended = api.checklists.append(tx, *production, label);
        Ok(appended.map_err(WriteError::refused_as)?.into())
    })
    .await
}

/// What is to do, and for which production.
pub(crate) struct Append {
    production: ProductionId,
    label: Line<200>,
}

impl Input for Append {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        let production = arguments.path_id("id", "The production.");
        let Label(label) = arguments.body()?;
        Some(Self { production, label })
    }
}

impl Names for Append {
    fn exist(&self, tx: &mut dyn Transaction) -> Result<bool, StoreError> {
        Holds::<ProductionPlan>::holds(tx, self.production)
    }
}
