//! Checklists of productions.

mod append;
mod row;

pub(crate) use row::ChecklistItemRow;
