//! The repertoire: works, whether they have been played or not.

mod partial;
mod query;
mod work;

pub use query::WorkQuery;
pub use work::{Movement, PerformanceFigures, Rights, Work, WorkEntry};
