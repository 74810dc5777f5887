//! The event `report.generated`.

use org_kernel::id::ReportId;
use org_kernel::instant::Instant;
use serde::Serialize;

use super::Report;
use crate::desk::Told;
use crate::events::event;
use crate::record::Record;

/// A report as the API shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportPayload<'a> {
    id: ReportId,
    name: &'a str,
    kind: &'a str,
    format: &'static str,
    status: &'static str,
    row_count: Option<i64>,
    byte_size: Option<i64>,
    generated_at: Option<Instant>,
    expires_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<Report>> for ReportPayload<'a> {
    fn from(record: &'a Record<Report>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            name: facts.name.as_ref(),
            kind: facts.kind.as_ref(),
            format: facts.format.as_str(),
            status: facts.status.as_str(),
            row_count: facts.row_count,
            byte_size: facts.byte_size,
            generated_at: facts.generated_at,
            expires_at: facts.expires_at,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// A report is ready.
    ReportGenerated(ReportPayload) = "report.generated"
}

impl Told for Report {
    type View<'a> = ReportPayload<'a>;
    type Updated<'a> = ReportGenerated<'a>;
}
