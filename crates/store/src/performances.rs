//! The performance history.

mod list;
mod row;
mod upsert;
