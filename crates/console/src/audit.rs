//! The audit trail: who did what, newest first, filtered; the same as a file for spreadsheets.

mod entry;
mod export;
mod filter;
mod list;
mod names;
mod sheet;
#[cfg(test)]
mod tests;

pub(crate) use export::export;
pub(crate) use list::list;
