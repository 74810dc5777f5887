//! The repertoire.

mod figures;
mod list;
mod row;
mod upsert;
