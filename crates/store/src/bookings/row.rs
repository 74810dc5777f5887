//! A row of `resource_bookings`.

use diesel::prelude::*;
use org_domain::bookings::Booking;
use org_domain::record::Record;
use org_domain::span::TimeSpan;
use org_kernel::id::{Id, OrgId};
use org_kernel::instant::Instant;
use org_kernel::text::{Prose, Text};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Row};
use crate::error::corrupt;
use crate::schema::resource_bookings;

#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = resource_bookings)]
pub(super) struct BookingRow {
    id: Uuid,
    resource_id: Uuid,
    title: String,
    start_at: OffsetDateTime,
    end_at: OffsetDateTime,
    held_from: OffsetDateTime,
    held_until: OffsetDateTime,
    notes: Option<String>,
    cancelled_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for BookingRow {
    type Item = Record<Booking>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let span = TimeSpan::new(self.start_at.into(), self.end_at.into());
        let held = TimeSpan::new(self.held_from.into(), self.held_until.into());
        let facts = Booking {
            resource_id: Id::new(self.resource_id),
            title: Text::stored(self.title),
            span: span.ok_or_else(|| corrupt("time of a booking"))?,
            held: held.ok_or_else(|| corrupt("hold of a booking"))?,
            notes: self.notes.map(Text::stored),
            cancelled_at: self.cancelled_at.map(Instant::from),
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

#[derive(Insertable)]
#[diesel(table_name = resource_bookings, treat_none_as_default_value = false)]
pub(crate) struct NewBooking<'a> {
    pub(super) org_id: Uuid,
    pub(super) id: Uuid,
    resource_id: Uuid,
    title: &'a str,
    start_at: OffsetDateTime,
    end_at: OffsetDateTime,
    held_from: OffsetDateTime,
    held_until: OffsetDateTime,
    pub(super) status: &'static str,
    notes: Option<&'a str>,
    pub(super) cancelled_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    pub(super) updated_at: OffsetDateTime,
}

impl<'a> NewBooking<'a> {
    pub(crate) fn of(org: OrgId, record: &'a Record<Booking>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            resource_id: facts.resource_id.uuid(),
            title: facts.title.as_str(),
            start_at: facts.span.start().to_utc(),
            end_at: facts.span.end().to_utc(),
            held_from: facts.held.start().to_utc(),
            held_until: facts.held.end().to_utc(),
            status: facts.status().as_str(),
            notes: facts.notes.as_ref().map(Prose::as_str),
            cancelled_at: facts.cancelled_at.map(Instant::to_utc),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}
