//! The roster.

mod list;
mod row;
mod upsert;
