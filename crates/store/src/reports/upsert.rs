//! How reports are written: many at once by imports, and one by one.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_domain::reports::Report;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::ReportRow;
use crate::columns::Row;
use crate::import::upsert_and_keep;
use crate::schema::reports;

#[derive(Insertable)]
#[diesel(table_name = reports, treat_none_as_default_value = false)]
struct NewReport<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    name: &'a str,
    kind: &'a str,
    format: &'static str,
    status: &'static str,
    row_count: Option<i64>,
    byte_size: Option<i64>,
    generated_at: Option<OffsetDateTime>,
    expires_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewReport<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<Report>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            name: facts.name.as_str(),
            kind: facts.kind.as_str(),
            format: facts.format.as_str(),
            status: facts.status.as_str(),
            row_count: facts.row_count,
            byte_size: facts.byte_size,
            generated_at: facts.generated_at.map(Instant::to_utc),
            expires_at: facts.expires_at.map(Instant::to_utc),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert_and_keep!(
    Report,
    reports,
    ReportRow,
    NewReport,
    [
        name,
        kind,
        format,
        status,
        row_count,
        byte_size,
        generated_at,
        expires_at,
    ]
);
