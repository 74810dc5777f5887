//! A work, as it is answered.

use org_domain::repertoire as domain;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Date, Instant, Rights, WorkId, text};

/// A work of the repertoire, with how often it was played.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Work {
    id: WorkId,
    title: String,
    /// What people call it.
    nickname: Option<String>,
    /// The composer, as the organization writes names.
    composer: String,
    composer_birth_year: Option<i32>,
    composer_death_year: Option<i32>,
    arranger: Option<String>,
    /// Its number in a catalogue.
    catalogue: Option<String>,
    key: Option<String>,
    /// The year in which it was finished.
    year_composed: Option<i32>,
    genre: Option<String>,
    duration_minutes: Option<i32>,
    /// What it is scored for.
    instrumentation: Option<String>,
    /// In order.
    movements: Vec<Movement>,
    rights: Rights,
    /// How many performances the history has.
    performance_count: u64,
    /// The day of the first of them.
    first_performed_on: Option<Date>,
    /// The day of the last of them.
    last_performed_on: Option<Date>,
    created_at: Instant,
    updated_at: Instant,
}

/// One movement of a work, or one number of an opera.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Movement {
    /// Its number within the work.
    number: i32,
    /// Its title or tempo marking.
    title: String,
    duration_minutes: Option<i32>,
}

impl From<domain::WorkEntry> for Work {
    fn from(entry: domain::WorkEntry) -> Self {
        let (facts, figures) = (entry.work.facts, entry.figures);
        Self {
            id: entry.work.id.into(),
            title: facts.title.into_string(),
            nickname: text(facts.nickname),
            composer: facts.composer.into_string(),
            composer_birth_year: facts.composer_birth_year,
            composer_death_year: facts.composer_death_year,
            arranger: text(facts.arranger),
            catalogue: text(facts.catalogue),
            key: text(facts.key),
            year_composed: facts.year_composed,
            genre: text(facts.genre),
            duration_minutes: facts.duration_minutes,
            instrumentation: text(facts.instrumentation),
            movements: facts.movements.into_iter().map(Into::into).collect(),
            rights: facts.rights.into(),
            performance_count: figures.count,
            first_performed_on: figures.first_on.map(Into::into),
            last_performed_on: figures.last_on.map(Into::into),
            created_at: entry.work.created_at.into(),
            updated_at: entry.work.updated_at.into(),
        }
    }
}

impl From<domain::Movement> for Movement {
    fn from(movement: domain::Movement) -> Self {
        Self {
            number: movement.number,
            title: movement.title.into_string(),
            duration_minutes: movement.duration_minutes,
        }
    }
}

impl Item for Work {
    fn example() -> Self {
        Self {
            id: WorkId::example(),
            title: "Symphony No. 9 in E minor".to_owned(),
            nickname: Some("From the New World".to_owned()),
            composer: "Dvořák, Antonín".to_owned(),
            composer_birth_year: Some(1841),
            composer_death_year: Some(1904),
            arranger: None,
            catalogue: Some("Op. 95, B. 178".to_owned()),
            key: Some("E minor".to_owned()),
            year_composed: Some(1893),
            genre: Some("Symphony".to_owned()),
            duration_minutes: Some(42),
            instrumentation: Some("2.2.2.2 – 4.2.3.1 – timp, perc – str".to_owned()),
            movements: vec![Movement {
                number: 1,
                title: "Adagio – Allegro molto".to_owned(),
                duration_minutes: Some(12),
            }],
            rights: domain::Rights::PublicDomain.into(),
            performance_count: 7,
            first_performed_on: Some(Date::example("1893-12-16")),
            last_performed_on: Some(Date::example("2026-03-14")),
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-08-01T09:00:00Z"),
        }
    }
}
