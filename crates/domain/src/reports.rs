//! Reports: what was generated, and whether it can still be had; never what is in it.

mod query;
mod report;

pub use query::ReportQuery;
pub use report::{Report, ReportFormat, ReportStatus};
