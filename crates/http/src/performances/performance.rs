//! A performance, as it is answered.

use org_domain::{Record, history as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::soloists::Soloist;
use crate::wire::{Date, Instant, PerformanceId, ProductionId, WorkId, text};

/// One work, played once.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Performance {
    id: PerformanceId,
    date: Date,
    season: Option<String>,
    series: Option<String>,
    /// Which orchestra played.
    orchestra: Option<String>,
    /// The composer, as the organization writes names.
    composer: String,
    /// The work of the repertoire.
    work_id: Option<WorkId>,
    /// The title under which it was played.
    title: String,
    /// The movement or number, when only that was played.
    movement: Option<String>,
    conductor: Option<String>,
    soloists: Vec<Soloist>,
    /// The hall.
    venue: Option<String>,
    /// The place.
    location: Option<String>,
    /// The production it was part of.
    production_id: Option<ProductionId>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Performance>> for Performance {
    fn from(record: Record<domain::Performance>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            date: facts.date.into(),
            season: text(facts.season),
            series: text(facts.series),
            orchestra: text(facts.orchestra),
            composer: facts.composer.into_string(),
            work_id: facts.work_id.map(Into::into),
            title: facts.title.into_string(),
            movement: text(facts.movement),
            conductor: text(facts.conductor),
            soloists: Soloist::list(facts.soloists),
            venue: text(facts.venue),
            location: text(facts.location),
            production_id: facts.production_id.map(Into::into),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Performance {
    fn example() -> Self {
        Self {
            id: PerformanceId::example(),
            date: Date::example("1893-12-16"),
            season: Some("1893-94".to_owned()),
            series: Some("Subscription".to_owned()),
            orchestra: Some("New York Philharmonic".to_owned()),
            composer: "Dvořák, Antonín".to_owned(),
            work_id: Some(WorkId::example()),
            title: "Symphony No. 9 in E minor".to_owned(),
            movement: None,
            conductor: Some("Seidl, Anton".to_owned()),
            soloists: Vec::new(),
            venue: Some("Carnegie Hall".to_owned()),
            location: Some("Manhattan, NY".to_owned()),
            production_id: Some(ProductionId::example()),
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-08-01T09:00:00Z"),
        }
    }
}
