//! Reports: what was generated, never what is in it.

mod list;
mod row;
mod upsert;
