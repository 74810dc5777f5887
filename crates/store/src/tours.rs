//! Tours and their legs.

mod list;
mod row;
mod upsert;
