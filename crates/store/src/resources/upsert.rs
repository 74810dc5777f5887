//! How resources are imported.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_domain::resources::Resource;
use org_kernel::id::OrgId;
use org_kernel::text::{Line, fold};
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::ResourceRow;
use crate::columns::Row;
use crate::import::upsert;
use crate::schema::resources;

#[derive(Insertable)]
#[diesel(table_name = resources, treat_none_as_default_value = false)]
struct NewResource<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    name: &'a str,
    type_: &'static str,
    venue: Option<&'a str>,
    capacity: Option<i32>,
    setup_minutes: i32,
    teardown_minutes: i32,
    status: &'static str,
    status_reason: Option<&'a str>,
    name_folded: String,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewResource<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<Resource>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            name: facts.name.as_str(),
            type_: facts.kind.as_str(),
            venue: facts.venue.as_ref().map(Line::as_str),
            capacity: facts.capacity,
            setup_minutes: facts.setup_minutes,
            teardown_minutes: facts.teardown_minutes,
            status: facts.status.as_str(),
            status_reason: facts.status_reason.as_ref().map(Line::as_str),
            name_folded: fold(facts.name.as_str()),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert!(
    Resource,
    resources,
    ResourceRow,
    NewResource,
    [
        name,
        type_,
        venue,
        capacity,
        setup_minutes,
        teardown_minutes,
        status,
        status_reason,
        name_folded,
    ]
);
