//! Tours and their legs.

mod query;
mod tour;

pub use query::TourQuery;
pub use tour::{DayType, Leg, Tour, TourStatus};
