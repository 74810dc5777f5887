//! Productions, with their programmes and checklists.

mod detail;
mod list;
mod programme;
mod row;
mod upsert;
