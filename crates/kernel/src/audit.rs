//! The audit trail: who did what, by which request, and what it changed.
//!
//! A [`Change`] is noted in a [`Journal`] inside the transaction of the write that it tells of, so
//! that there is never one without the other. Whoever opens the transaction says where it comes
//! from, its [`Origin`]; together they are an [`Entry`]. What nobody should read in a trail is masked
//! before it gets there.

mod change;
mod entry;
mod masking;
mod origin;
mod query;
mod subject;

pub use change::Change;
pub use entry::Entry;
pub use origin::{Origin, Request};
pub use query::{Action, AuditTrail, EntryQuery, Order};
pub use subject::Subject;

use crate::store_error::StoreError;

/// Takes the changes of one transaction; they are stored when it commits, and only then.
pub trait Journal {
    /// Adds one change to the transaction.
    fn note(&mut self, change: Change) -> Result<(), StoreError>;
}
