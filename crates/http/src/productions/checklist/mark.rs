//! An item that is done, or is not.

use org_auth::scope::WriteChecklist;
use org_domain::transaction::Transaction;
use org_kernel::id::{ChecklistItemId, ProductionId};
use org_kernel::{StoreError, WriteError};

use super::ChecklistItem;
use super::form::Done;
use crate::answer::Changed;
use crate::call::{Names, Write};
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const MARK: About = About {
    id: "markChecklistItem",
    tag: tags::PROGRAMME,
    summary: "Say that an item is done",
    description: "Says that an item of a production's checklist is done, or, with `done` false, that \
        it is not. What is done already keeps its time.",
};

pub(crate) async fn mark(
    call: Write<WriteChecklist, Mark>,
) -> Result<Changed<ChecklistItem>, Failure> {
    call.change(|api, tx, asked| {
        let Mark {
            production,
            item,
            done,
        } = *asked;
        let marked = api.checklists.mark(tx, production, item, done);
        Ok(marked.map_err(WriteError::refused_as)?.into())
    })
    .await
}

/// Which item of which production, and whether it is done.
pub(crate) struct Mark {
    production: ProductionId,
    item: ChecklistItemId,
    done: bool,
}

impl Input for Mark {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        let production = arguments.path_id("id", "The production.");
        let item = arguments.path_id("itemId", "The item.");
        let Done(done) = arguments.body()?;
        Some(Self {
            production,
            item,
            done,
        })
    }
}

impl Names for Mark {
    fn exist(&self, tx: &mut dyn Transaction) -> Result<bool, StoreError> {
        tx.has_item(self.production, self.item)
    }
}
