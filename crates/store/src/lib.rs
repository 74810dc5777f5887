//! PostgreSQL behind the ports of the domain, auth and webhooks crates: all SQL there is.
//!
//! [`Pg`] is the one adapter of every port. One folder a subject, as in the domain: its *row* (what a
//! table holds, private to its folder), its *list* (a domain query in SQL), and how imports *upsert*
//! it. `docs` of the schema are the comments of `migrations/`; `schema.rs` is made from it.
//!
//! What holds everywhere:
//!
//! - Every key and every reference begins with the organization, so a query that forgot it would find
//!   no index, and a reference from one organization to another is refused by the database itself.
//! - The shape of a statement never depends on what a caller sends, apart from a small number of
//!   filters that are there or not: each connection keeps its statements prepared, and there must
//!   not be more of them than it can keep.
//! - Constraints have names that say what they promise, and errors are told apart by these names.

mod columns;
mod conditions;
mod error;
mod listing;
pub mod migrations;
mod organizations;
mod pg;
#[rustfmt::skip]
mod schema;
mod settings;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod transaction;

pub use pg::Pg;
pub use settings::{DatabaseUrl, NotAUrl, Settings};
