//! A report, as it is answered.

use org_domain::{Record, reports as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Instant, ReportFormat, ReportId, ReportStatus};

/// What is known about a report, and nothing of what is in it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    id: ReportId,
    name: String,
    /// What it reports, in the organization's own words.
    kind: String,
    format: ReportFormat,
    status: ReportStatus,
    row_count: Option<i64>,
    byte_size: Option<i64>,
    /// When it was made.
    generated_at: Option<Instant>,
    /// Until when it is kept.
    expires_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Report>> for Report {
    fn from(record: Record<domain::Report>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            name: facts.name.into_string(),
            kind: facts.kind.into_string(),
            format: facts.format.into(),
            status: facts.status.into(),
            row_count: facts.row_count,
            byte_size: facts.byte_size,
            generated_at: facts.generated_at.map(Into::into),
            expires_at: facts.expires_at.map(Into::into),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Report {
    fn example() -> Self {
        Self {
            id: ReportId::example(),
            name: "Services by player, 2025-26".to_owned(),
            kind: "services-by-player".to_owned(),
            format: domain::ReportFormat::Csv.into(),
            status: domain::ReportStatus::Ready.into(),
            row_count: Some(412),
            byte_size: Some(38_204),
            generated_at: Some(Instant::example("2026-03-01T05:00:00Z")),
            expires_at: Some(Instant::example("2026-06-01T05:00:00Z")),
            created_at: Instant::example("2026-03-01T04:59:41.007Z"),
            updated_at: Instant::example("2026-03-01T05:00:00Z"),
        }
    }
}
