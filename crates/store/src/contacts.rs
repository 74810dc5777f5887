//! The address book.

mod row;
mod upsert;
