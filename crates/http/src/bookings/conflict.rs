//! What is in the way of a booking, as it is answered.

use org_domain::span::TimeSpan;
use org_domain::{Record, bookings as domain};
use serde::Serialize;

use crate::wire::{BookingId, Instant};

/// The details of a conflict.
pub(crate) struct Conflict {
    pub(crate) conflicts: Vec<InTheWay>,
    pub(crate) next_available: Option<Slot>,
}

/// A booking that holds the resource, and from when until when.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InTheWay {
    booking_id: BookingId,
    title: String,
    start_at: Instant,
    end_at: Instant,
    held_from: Instant,
    held_until: Instant,
}

/// When the resource is free for as long.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Slot {
    start_at: Instant,
    end_at: Instant,
}

impl From<&domain::BookingConflict> for Conflict {
    fn from(conflict: &domain::BookingConflict) -> Self {
        Self {
            conflicts: conflict.conflicts.iter().map(InTheWay::from).collect(),
            next_available: conflict.next_available.map(Slot::from),
        }
    }
}

impl From<&Record<domain::Booking>> for InTheWay {
    fn from(record: &Record<domain::Booking>) -> Self {
        let facts = &record.facts;
        Self {
            booking_id: record.id.into(),
            title: facts.title.to_string(),
            start_at: facts.span.start().into(),
            end_at: facts.span.end().into(),
            held_from: facts.held.start().into(),
            held_until: facts.held.end().into(),
        }
    }
}

impl From<TimeSpan> for Slot {
    fn from(span: TimeSpan) -> Self {
        Self {
            start_at: span.start().into(),
            end_at: span.end().into(),
        }
    }
}
