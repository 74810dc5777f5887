//! Services: rehearsals, concerts, and whatever else players are called to.

mod list;
mod row;
mod upsert;

pub(crate) use row::ServiceRow;
