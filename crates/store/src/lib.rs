//! PostgreSQL behind the ports of the domain, auth and webhooks crates: all SQL there is.
//!
//! [`Pg`] is the one adapter of every port. One folder a subject, as in the domain: its *row* (what a
//! table holds, private to its folder), its *list* (a domain query in SQL), and how it is written:
//! *upserted* by imports, *kept* one by one by use cases. What the tables are for is said in
//! `migrations/`, from which `schema.rs` is generated.
//!
//! What holds everywhere:
//!
//! - Every key and every reference begins with the organization, so a query that forgot it would find
//!   no index, and a reference from one organization to another is refused by the database itself.
//! - The shape of a statement never depends on what a caller sends, apart from a small number of
//!   filters that are there or not: each connection keeps its statements prepared, and there must
//!   not be more of them than it can keep.
//! - Constraints have names that say what they promise, and errors are told apart by these names.
#![expect(
    clippy::ref_option_ref,
    reason = "Diesel's derive of `Insertable` writes it, for rows that borrow"
)]

mod advisory;
mod audit;
mod bell;
mod bookings;
mod brief;
mod checklist;
mod columns;
mod conditions;
mod contacts;
mod engagements;
mod error;
mod feed;
mod idempotency;
mod import;
mod instruments;
mod keys;
mod links;
mod listing;
mod master_key;
mod members;
pub mod migrations;
mod news;
mod organizations;
mod performances;
mod pg;
mod productions;
pub mod replica;
mod reports;
mod requests;
mod resealing;
mod resources;
#[rustfmt::skip]
mod schema;
mod second_factors;
mod services;
mod sessions;
mod settings;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod told;
mod tours;
mod traffic;
mod transaction;
mod usage;
mod users;
mod webhooks;
mod works;
mod writes;

pub use bell::{Bell, BellListener};
pub use listing::TotalsFigures;
pub use news::{Listening, News, Telling};
pub use pg::{Pg, PoolFigures};
pub use settings::{DatabaseUrl, NotAUrl, Settings};
pub use webhooks::Waiting;
