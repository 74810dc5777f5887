//! Productions, with their programmes and checklists.

mod detail;
mod list;
mod plans;
mod programme;
mod row;
mod upsert;
