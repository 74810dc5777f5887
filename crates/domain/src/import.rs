//! Imports: rows that somebody else wrote, made into records.
//!
//! A row names itself by its kind and an *external id*, the name by which its source knows it, and
//! refers to other rows in the same way. The same row can come again: it is compared with what is
//! stored under its external id and is created, updated, or left as it is. Each file is one
//! transaction, which is kept whole or not at all.

mod key;
mod links;
mod store;

pub use key::{ExternalId, ExternalKey, ImportKind, Importable};
pub use links::Links;
pub use store::{ImportStore, ImportTx, Mode, Upserts};
