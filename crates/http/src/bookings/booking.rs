//! A booking, as it is answered.

use org_domain::{Record, bookings as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Item, Located};
use crate::wire::{BookingId, BookingStatus, Instant, ResourceId, text};

/// One resource, for one purpose, at one time.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Booking {
    id: BookingId,
    resource_id: ResourceId,
    title: String,
    start_at: Instant,
    end_at: Instant,
    status: BookingStatus,
    notes: Option<String>,
    cancelled_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl Booking {
    /// Its fields, in order.
    pub(super) const FIELDS: &'static [&'static str] = &[
        "id",
        "resourceId",
        "title",
        "startAt",
        "endAt",
        "status",
        "notes",
        "cancelledAt",
        "createdAt",
        "updatedAt",
    ];
}

impl From<Record<domain::Booking>> for Booking {
    fn from(record: Record<domain::Booking>) -> Self {
        let status = record.facts.status();
        let facts = record.facts;
        Self {
            id: record.id.into(),
            resource_id: facts.resource_id.into(),
            title: facts.title.into_string(),
            start_at: facts.span.start().into(),
            end_at: facts.span.end().into(),
            status: status.into(),
            notes: text(facts.notes),
            cancelled_at: facts.cancelled_at.map(Into::into),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Located for Booking {
    fn path(&self) -> String {
        format!("/resource-bookings/{}", self.id)
    }
}

impl Item for Booking {
    fn example() -> Self {
        Self {
            id: BookingId::example(),
            resource_id: ResourceId::example(),
            title: "Sectional: low brass".to_owned(),
            start_at: Instant::example("2026-03-12T09:00:00Z"),
            end_at: Instant::example("2026-03-12T11:30:00Z"),
            status: domain::BookingStatus::Confirmed.into(),
            notes: Some("Two extra stands".to_owned()),
            cancelled_at: None,
            created_at: Instant::example("2026-02-20T14:05:09.125Z"),
            updated_at: Instant::example("2026-02-20T14:05:09.125Z"),
        }
    }

    fn changed_example() -> Self {
        let cancelled = Instant::example("2026-02-27T10:11:12.500Z");
        Self {
            status: domain::BookingStatus::Cancelled.into(),
            cancelled_at: Some(cancelled),
            updated_at: cancelled,
            ..Self::example()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn its_fields_are_named_as_they_are_written() {
        let booking = json!(Booking::example());
        let written: Vec<_> = booking.as_object().expect("an object").keys().collect();
        assert_eq!(written, Booking::FIELDS);
    }
}
