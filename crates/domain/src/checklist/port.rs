//! What checklists need of a transaction.

use org_kernel::StoreError;
use org_kernel::audit::Journal;
use org_kernel::event::Outbox;
use org_kernel::id::{ChecklistItemId, ProductionId};

use super::ChecklistItem;
use crate::transaction::Keeps;

/// A transaction in which checklists are written.
pub trait ChecklistTx: Outbox + Journal + Keeps<ChecklistItem> {
    /// The place after the last of a production's list, which nobody else is given until this
    /// transaction ends; none if there is no such production.
    ///
    /// Others wait for it; the store's own constraint decides, should they not.
    fn next_position(&mut self, production: ProductionId) -> Result<Option<i32>, StoreError>;

    /// Whether a production has this item; nobody waits for anybody.
    fn has_item(
        &mut self,
        production: ProductionId,
        item: ChecklistItemId,
    ) -> Result<bool, StoreError>;
}
