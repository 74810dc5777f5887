//! An orchestra's facts and rules, without a database and without a web server.
//!
//! One folder a subject. Each has its *facts* (values that were checked when they were made), its
//! *query* (which of them match, in which order: the rule that every store is held to), and, where
//! something is decided, its use cases over a port. A [`Record`] is facts that are kept under an id.
//!
//! Two features are for those who test or embed: `memory` is a store in memory behind every port, and
//! `contract` is what every store promises, as tests.
//!
//! In an orchestra a *service* is a rehearsal or a concert; no type here bears that name otherwise.
#![warn(missing_docs)]

pub mod bookings;
pub mod checklist;
pub mod contacts;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
mod desk;
pub mod engagements;
pub mod events;
mod foreign;
pub mod history;
pub mod import;
pub mod instruments;
pub mod library;
#[cfg(any(test, feature = "memory"))]
pub mod memory;
pub mod organizations;
pub mod productions;
pub mod query;
#[cfg(test)]
mod reading;
pub mod record;
pub mod repertoire;
pub mod reports;
pub mod requests;
pub mod resources;
pub mod roster;
pub mod services;
pub mod soloist;
pub mod span;
pub mod time_zone;
pub mod tours;
pub mod transaction;

pub use record::{Facts, Record};
