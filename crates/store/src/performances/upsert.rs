//! How performances are imported.

use diesel::prelude::*;
use org_domain::history::Performance;
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_kernel::id::{Id, OrgId};
use org_kernel::text::{Line, fold};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::row::PerformanceRow;
use crate::columns::{Row, SoloistValues, soloist_values};
use crate::import::upsert;
use crate::schema::performances;

#[derive(Insertable)]
#[diesel(table_name = performances, treat_none_as_default_value = false)]
struct NewPerformance<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    date: Date,
    season: Option<&'a str>,
    series: Option<&'a str>,
    orchestra: Option<&'a str>,
    composer: &'a str,
    work_id: Option<Uuid>,
    title: &'a str,
    movement: Option<&'a str>,
    conductor: Option<&'a str>,
    soloists: SoloistValues<'a>,
    venue: Option<&'a str>,
    location: Option<&'a str>,
    production_id: Option<Uuid>,
    composer_folded: String,
    conductor_folded: Option<String>,
    search_text: String,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewPerformance<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<Performance>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            date: facts.date,
            season: facts.season.as_ref().map(Line::as_str),
            series: facts.series.as_ref().map(Line::as_str),
            orchestra: facts.orchestra.as_ref().map(Line::as_str),
            composer: facts.composer.as_str(),
            work_id: facts.work_id.map(Id::uuid),
            title: facts.title.as_str(),
            movement: facts.movement.as_ref().map(Line::as_str),
            conductor: facts.conductor.as_ref().map(Line::as_str),
            soloists: soloist_values(&facts.soloists),
            venue: facts.venue.as_ref().map(Line::as_str),
            location: facts.location.as_ref().map(Line::as_str),
            production_id: facts.production_id.map(Id::uuid),
            composer_folded: fold(facts.composer.as_str()),
            conductor_folded: facts.conductor.as_ref().map(Line::as_str).map(fold),
            search_text: facts.search_text(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert!(
    Performance,
    performances,
    PerformanceRow,
    NewPerformance,
    [
        date,
        season,
        series,
        orchestra,
        composer,
        work_id,
        title,
        movement,
        conductor,
        soloists,
        venue,
        location,
        production_id,
        composer_folded,
        conductor_folded,
        search_text,
    ]
);
