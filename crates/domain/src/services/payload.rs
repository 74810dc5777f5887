//! The event `service.updated`.

use org_kernel::id::{ProductionId, ServiceId};
use org_kernel::instant::Instant;
use serde::Serialize;

use super::Service;
use crate::desk::Told;
use crate::events::event;
use crate::record::Record;

/// A service as the API shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePayload<'a> {
    id: ServiceId,
    production_id: ProductionId,
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
    title: Option<&'a str>,
    start_at: Instant,
    end_at: Instant,
    call_at: Option<Instant>,
    venue: Option<&'a str>,
    conductor: Option<&'a str>,
    dress: Option<&'a str>,
    notes: Option<&'a str>,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<Service>> for ServicePayload<'a> {
    fn from(record: &'a Record<Service>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            production_id: facts.production_id,
            kind: facts.kind.as_str(),
            status: facts.status.as_str(),
            title: facts.title.as_ref().map(AsRef::as_ref),
            start_at: facts.time.start(),
            end_at: facts.time.end(),
            call_at: facts.call_at,
            venue: facts.venue.as_ref().map(AsRef::as_ref),
            conductor: facts.conductor.as_ref().map(AsRef::as_ref),
            dress: facts.dress.as_ref().map(AsRef::as_ref),
            notes: facts.notes.as_ref().map(AsRef::as_ref),
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// A service was changed.
    ServiceUpdated(ServicePayload) = "service.updated"
}

impl Told for Service {
    type View<'a> = ServicePayload<'a>;
    type Updated<'a> = ServiceUpdated<'a>;
}
