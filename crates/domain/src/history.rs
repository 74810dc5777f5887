//! The performance history: which works were played, when, where and by whom.

mod performance;
mod query;

pub use performance::Performance;
pub use query::PerformanceQuery;
