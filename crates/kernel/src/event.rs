//! Events: what happened, as the exact bytes that are stored, signed and sent.
//!
//! An event is appended to an [`Outbox`] inside the transaction of the write it tells of, so that
//! there is never one without the other.

mod feed;

use serde::Serialize;

pub use feed::{EventFeed, FeedError, FeedPage};

use crate::id::EventId;
use crate::instant::Instant;
use crate::store_error::StoreError;

/// The published shape of one event type's `data`.
pub trait Payload: Serialize {
    /// The type's name on the wire, such as `production.created`.
    const KIND: &'static str;
}

/// One event, ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The event's id; also the `webhook-id` of its deliveries.
    pub id: EventId,
    /// The type's name on the wire.
    pub kind: &'static str,
    /// When it happened.
    pub created_at: Instant,
    /// The JSON envelope, `{ "id", "type", "createdAt", "data" }`, byte for byte.
    pub payload: String,
}

impl Event {
    /// Wraps `data` in the envelope and fixes its bytes.
    ///
    /// Fails only when `data` cannot be written as JSON, which is a defect of its type.
    pub fn new<P: Payload>(id: EventId, created_at: Instant, data: &P) -> Result<Self, StoreError> {
        let envelope = Envelope {
            id,
            kind: P::KIND,
            created_at,
            data,
        };
        let payload = serde_json::to_string(&envelope).map_err(StoreError::failed)?;
        Ok(Self {
            id,
            kind: P::KIND,
            created_at,
            payload,
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a, P> {
    id: EventId,
    #[serde(rename = "type")]
    kind: &'static str,
    created_at: Instant,
    data: &'a P,
}

/// Takes the events of one transaction; they are stored when it commits, and only then.
pub trait Outbox {
    /// Adds one event to the transaction.
    fn append(&mut self, event: Event) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[derive(Serialize)]
    struct Applause {
        minutes: u32,
    }

    impl Payload for Applause {
        const KIND: &'static str = "applause.ended";
    }

    #[test]
    fn the_envelope_has_the_published_fields_in_order() {
        let id = EventId::new(Uuid::nil());
        let at = "2026-01-02T03:04:05.678Z".parse().expect("an instant");
        let event = Event::new(id, at, &Applause { minutes: 7 }).expect("an event");
        assert_eq!(
            event.payload,
            r#"{"id":"evt_00000000000000000000000000","type":"applause.ended","createdAt":"2026-01-02T03:04:05.678Z","data":{"minutes":7}}"#
        );
    }
}
