//! `GET /productions` and `GET /productions/{id}`, and what is written below it.

pub(crate) mod checklist;
mod detail;
mod get;
mod list;
mod production;
mod programme;

pub(crate) use detail::ProductionDetail;
pub(crate) use get::{GET, get};
pub(crate) use list::{LIST, list};
pub(crate) use production::Production;
