//! How services are written: many at once by imports, and one by one.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_domain::services::Service;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use org_kernel::text::{Line, Prose};
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::ServiceRow;
use crate::columns::Row;
use crate::import::upsert_and_keep;
use crate::schema::services;

#[derive(Insertable)]
#[diesel(table_name = services, treat_none_as_default_value = false)]
struct NewService<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    production_id: Uuid,
    type_: &'static str,
    status: &'static str,
    title: Option<&'a str>,
    start_at: OffsetDateTime,
    end_at: OffsetDateTime,
    call_at: Option<OffsetDateTime>,
    venue: Option<&'a str>,
    conductor: Option<&'a str>,
    dress: Option<&'a str>,
    notes: Option<&'a str>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewService<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<Service>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            production_id: facts.production_id.uuid(),
            type_: facts.kind.as_str(),
            status: facts.status.as_str(),
            title: facts.title.as_ref().map(Line::as_str),
            start_at: facts.time.start().to_utc(),
            end_at: facts.time.end().to_utc(),
            call_at: facts.call_at.map(Instant::to_utc),
            venue: facts.venue.as_ref().map(Line::as_str),
            conductor: facts.conductor.as_ref().map(Line::as_str),
            dress: facts.dress.as_ref().map(Line::as_str),
            notes: facts.notes.as_ref().map(Prose::as_str),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert_and_keep!(
    Service,
    services,
    ServiceRow,
    NewService,
    [
        production_id,
        type_,
        status,
        title,
        start_at,
        end_at,
        call_at,
        venue,
        conductor,
        dress,
        notes,
    ]
);
