//! A resource, as it is answered.

use org_domain::{Record, resources as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Instant, ResourceId, ResourceStatus, ResourceType, text};

/// A hall, a room, or another thing that one booking holds at a time.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Resource {
    id: ResourceId,
    name: String,
    #[serde(rename = "type")]
    kind: ResourceType,
    venue: Option<String>,
    /// How many people it holds.
    capacity: Option<i32>,
    /// How long before a booking it is held.
    setup_minutes: i32,
    /// How long after a booking it is held.
    teardown_minutes: i32,
    status: ResourceStatus,
    /// Why it has that status.
    status_reason: Option<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Resource>> for Resource {
    fn from(record: Record<domain::Resource>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            name: facts.name.into_string(),
            kind: facts.kind.into(),
            venue: text(facts.venue),
            capacity: facts.capacity,
            setup_minutes: facts.setup_minutes,
            teardown_minutes: facts.teardown_minutes,
            status: facts.status.into(),
            status_reason: text(facts.status_reason),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Resource {
    fn example() -> Self {
        Self {
            id: ResourceId::example(),
            name: "Great Hall".to_owned(),
            kind: domain::ResourceType::Hall.into(),
            venue: Some("Concert House".to_owned()),
            capacity: Some(1840),
            setup_minutes: 60,
            teardown_minutes: 30,
            status: domain::ResourceStatus::Available.into(),
            status_reason: None,
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-08-01T09:00:00Z"),
        }
    }
}
