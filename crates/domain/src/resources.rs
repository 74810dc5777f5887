//! Resources: halls, rooms, and other things that are booked.

mod query;
mod resource;

pub use query::ResourceQuery;
pub use resource::{Resource, ResourceStatus, ResourceType};
