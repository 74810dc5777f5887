//! How tours are written: many at once by imports, and one by one.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_domain::tours::Tour;
use org_kernel::id::OrgId;
use org_kernel::text::Line;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::row::{LegValue, TourRow, leg_values};
use crate::columns::{Json, Row};
use crate::import::upsert_and_keep;
use crate::schema::tours;

#[derive(Insertable)]
#[diesel(table_name = tours, treat_none_as_default_value = false)]
struct NewTour<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    name: &'a str,
    status: &'static str,
    start_date: Date,
    end_date: Date,
    legs: Json<Vec<LegValue<'a>>>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewTour<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<Tour>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            name: facts.name.as_str(),
            status: facts.status.as_str(),
            start_date: facts.dates.start(),
            end_date: facts.dates.end(),
            legs: leg_values(&facts.legs),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert_and_keep!(
    Tour,
    tours,
    TourRow,
    NewTour,
    [name, status, start_date, end_date, legs,]
);
