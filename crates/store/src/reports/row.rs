//! A row of `reports`.

use diesel::prelude::*;
use org_domain::record::Record;
use org_domain::reports::{Report, ReportFormat, ReportStatus};
use org_kernel::instant::Instant;
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::schema::reports;

#[derive(Queryable, Selectable)]
#[diesel(table_name = reports)]
pub(super) struct ReportRow {
    id: Uuid,
    name: String,
    kind: String,
    format: Choice<ReportFormat>,
    status: Choice<ReportStatus>,
    row_count: Option<i64>,
    byte_size: Option<i64>,
    generated_at: Option<OffsetDateTime>,
    expires_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for ReportRow {
    type Item = Record<Report>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Report {
            name: Text::stored(self.name),
            kind: Text::stored(self.kind),
            format: self.format.0,
            status: self.status.0,
            row_count: self.row_count,
            byte_size: self.byte_size,
            generated_at: self.generated_at.map(Instant::from),
            expires_at: self.expires_at.map(Instant::from),
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}
