//! Reports: what was made, and until when it is kept.

mod payload;
mod query;
mod report;

use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::audit::Journal;
use org_kernel::clock::Clock;
use org_kernel::event::Outbox;
use org_kernel::id::ReportId;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;

pub use payload::{ReportGenerated, ReportPayload};
pub use query::ReportQuery;
pub use report::{Report, ReportFormat, ReportStatus};

use crate::desk::Desk;
use crate::record::Record;
use crate::transaction::{Keeps, NoSuchObject};

/// What came of making a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generated {
    /// How many rows it has.
    pub row_count: Option<i64>,
    /// How large it is, in bytes.
    pub byte_size: Option<i64>,
    /// Until when it is kept.
    pub expires_at: Option<Instant>,
}

/// What is done with reports.
#[derive(Clone)]
pub struct Reports {
    desk: Desk,
}

impl Reports {
    /// Reports of this time, whose events have these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Notes that a report was made, now, and is ready; made again, it is told of again.
    pub fn generated<T>(
        &self,
        tx: &mut T,
        id: ReportId,
        generated: Generated,
    ) -> Result<Record<Report>, WriteError<NoSuchObject>>
    where
        T: Keeps<Report> + Journal + Outbox + ?Sized,
    {
        self.desk.update(tx, id, |report: &Report, now| {
            Ok(Report {
                status: ReportStatus::Ready,
                row_count: generated.row_count,
                byte_size: generated.byte_size,
                generated_at: Some(now),
                expires_at: generated.expires_at,
                ..report.clone()
            })
        })
    }
}
