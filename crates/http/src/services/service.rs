//! A service, as it is answered.

use org_domain::{Record, services as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Instant, ProductionId, ServiceId, ServiceStatus, ServiceType, text};

/// One rehearsal, one concert, or another time at which players are needed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Service {
    id: ServiceId,
    production_id: ProductionId,
    #[serde(rename = "type")]
    kind: ServiceType,
    status: ServiceStatus,
    /// What the schedule calls it.
    title: Option<String>,
    start_at: Instant,
    end_at: Instant,
    /// When players must be there.
    call_at: Option<Instant>,
    venue: Option<String>,
    conductor: Option<String>,
    /// What is worn.
    dress: Option<String>,
    notes: Option<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Service>> for Service {
    fn from(record: Record<domain::Service>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            production_id: facts.production_id.into(),
            kind: facts.kind.into(),
            status: facts.status.into(),
            title: text(facts.title),
            start_at: facts.time.start().into(),
            end_at: facts.time.end().into(),
            call_at: facts.call_at.map(Into::into),
            venue: text(facts.venue),
            conductor: text(facts.conductor),
            dress: text(facts.dress),
            notes: text(facts.notes),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Service {
    fn example() -> Self {
        Self {
            id: ServiceId::example(),
            production_id: ProductionId::example(),
            kind: domain::ServiceType::Concert.into(),
            status: domain::ServiceStatus::Confirmed.into(),
            title: None,
            start_at: Instant::example("2026-03-14T18:30:00Z"),
            end_at: Instant::example("2026-03-14T20:45:00Z"),
            call_at: Some(Instant::example("2026-03-14T18:00:00Z")),
            venue: Some("Great Hall".to_owned()),
            conductor: Some("Halvorsen, Ingrid".to_owned()),
            dress: Some("Tails".to_owned()),
            notes: None,
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-11-20T16:45:12.250Z"),
        }
    }
}
