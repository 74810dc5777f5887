//! Resources: halls, rooms, and other things that are booked.

mod list;
mod row;
mod upsert;

pub(crate) use row::ResourceRow;
