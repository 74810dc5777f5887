//! Checklists: what is left to do for a production.

mod item;
mod payload;
mod port;

use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::clock::Clock;
use org_kernel::id::{ChecklistItemId, ProductionId};
use org_kernel::id_source::IdSource;
use org_kernel::text::Line;

pub use item::ChecklistItem;
pub use payload::{ChecklistItemCompleted, ChecklistItemPayload};
pub use port::ChecklistTx;

use crate::desk::{Desk, Replaced};
use crate::record::Record;
use crate::transaction::NoSuchObject;

/// What is done with checklists.
#[derive(Clone)]
pub struct Checklists {
    desk: Desk,
}

impl Checklists {
    /// Checklists of this time, under these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Adds something to do at the end of a production's list.
    pub fn append<T: ChecklistTx + ?Sized>(
        &self,
        tx: &mut T,
        production: ProductionId,
        label: &Line<200>,
    ) -> Result<Record<ChecklistItem>, WriteError<NoSuchObject>> {
        let position = tx.next_position(production)?;
        let item = self.desk.record(ChecklistItem {
            production_id: production,
            label: label.clone(),
            done_at: None,
            position: position.ok_or(WriteError::Refused(NoSuchObject))?,
        });
        tx.insert(&item)?;
        let (at, view) = (item.created_at, ChecklistItemPayload::from(&item));
        let change = self.desk.change(at, "checklist_item.created", item.id);
        tx.note(change.between(None, &view, &[])?)?;
        Ok(item)
    }

    /// Says that an item of this production is done, or is not. One that is done keeps its time.
    pub fn mark<T: ChecklistTx + ?Sized>(
        &self,
        tx: &mut T,
        production: ProductionId,
        id: ChecklistItemId,
        done: bool,
    ) -> Result<Record<ChecklistItem>, WriteError<NoSuchObject>> {
        let marked = self.desk.replace(tx, id, |item: &ChecklistItem, now| {
            if item.production_id != production {
                return Err(NoSuchObject);
            }
            let done_at = done.then(|| item.done_at.unwrap_or(now));
            Ok(ChecklistItem {
                done_at,
                ..item.clone()
            })
        })?;
        let (before, item) = match marked {
            Replaced::Unchanged(item) => return Ok(item),
            Replaced::Changed { before, now } => (before, now),
        };
        let before = ChecklistItemPayload::from(&before);
        let (at, view) = (item.updated_at, ChecklistItemPayload::from(&item));
        if done {
            self.desk
                .tell::<ChecklistItemCompleted<'_>, _>(tx, (at, id), Some(&before), view)?;
        } else {
            let change = self.desk.change(at, "checklist_item.reopened", id);
            tx.note(change.between(Some(&before), &view, &[])?)?;
        }
        Ok(item)
    }
}
