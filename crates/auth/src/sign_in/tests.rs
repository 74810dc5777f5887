//! The use cases on the store in memory.

mod codes;
mod limits;
mod links;
mod passwords;
mod refused;
