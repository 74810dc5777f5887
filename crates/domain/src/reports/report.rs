//! What is known of a report.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::kind;
use org_kernel::instant::Instant;
use org_kernel::text::Line;

use crate::record::Facts;

choices! {
    /// The form of a report.
    pub enum ReportFormat {
        Csv = "CSV",
        Pdf = "PDF",
        Json = "JSON",
    }
}

choices! {
    /// How far a report has come.
    pub enum ReportStatus {
        Queued = "QUEUED",
        Ready = "READY",
        Failed = "FAILED",
        Expired = "EXPIRED",
    }
}

/// A report's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its name.
    pub name: Line<200>,
    /// What it reports, in the organization's own words.
    pub kind: Line<120>,
    /// Its form.
    pub format: ReportFormat,
    /// How far it has come.
    pub status: ReportStatus,
    /// How many rows it has.
    pub row_count: Option<i64>,
    /// How large it is.
    pub byte_size: Option<i64>,
    /// When it was made.
    pub generated_at: Option<Instant>,
    /// Until when it is kept.
    pub expires_at: Option<Instant>,
}

impl Report {
    /// Reads the fields of a report, `READY` unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name");
        let kind = fields.required("reportKind");
        let format = fields.required("format");
        let status = fields.optional("status").unwrap_or(ReportStatus::Ready);
        let row_count = fields.integer("rowCount", 0..=i64::MAX);
        let byte_size = fields.integer("byteSize", 0..=i64::MAX);
        let generated_at = fields.optional("generatedAt");
        let expires_at = fields.optional("expiresAt");
        let (name, kind, format) = (name?, kind?, format?);
        Some(Self {
            name,
            kind,
            format,
            status,
            row_count,
            byte_size,
            generated_at,
            expires_at,
        })
    }
}

impl Facts for Report {
    type Kind = kind::Report;
}
