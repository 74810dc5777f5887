//! Imports: rows that somebody else wrote, made into records.
//!
//! A row names itself by its kind and an *external id*, the name by which its source knows it, and
//! refers to other rows in the same way. The same row can come again: it is compared with what is
//! stored under its external id and is created, updated, or left as it is. Each file is one
//! transaction, which is kept whole or not at all.
//!
//! A [`Source`] reads a file, whatever its format, and hands over [`Row`]s that nobody has looked at
//! yet; every rule is here. Rows are taken a chunk at a time, so that a store is asked a few large
//! questions instead of many small ones and memory does not grow with the file:
//!
//! 1. what the rows call themselves, and which of them stand a second time in the file;
//! 2. what is stored under their names, and where their references lead;
//! 3. their fields, in the order of the file, so that a reference leads to an earlier row only;
//! 4. the writes, kind by kind, so that a row is stored before the rows that refer to it.
//!
//! Once a file has a bad row, nothing more of it is written, but it is read to its end, so that
//! every bad row is reported.

mod candidate;
mod chunk;
mod file;
mod imports;
mod key;
mod links;
mod pile;
mod piles;
mod row;
mod row_facts;
mod store;
mod summary;
#[cfg(test)]
mod tests;
mod weight;

pub use imports::{Imports, Options, Progress, Stopped};
pub use key::{ExternalId, ExternalKey, ImportKind, Importable};
pub use links::Links;
pub use row::{Flaw, Row, Source, Unreadable};
pub use store::{ImportStore, ImportTx, Mode, Upserts};
pub use summary::{RowError, Summary};
