//! What the demonstration promises, seen from outside.

mod collections;
mod import;
mod season;
mod table;
