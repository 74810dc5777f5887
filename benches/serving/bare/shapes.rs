//! What the bare handlers answer: the fields of the API, without its envelope.

use org_domain::Record;
use org_domain::checklist::ChecklistItemPayload;
use org_domain::history::Performance;
use org_domain::productions::{ProductionDetail, ProductionPayload, ProgrammeItem};
use org_domain::services::ServicePayload;
use org_domain::soloist::Soloist;
use org_kernel::id::{PerformanceId, ProductionId, WorkId};
use org_kernel::instant::Instant;
use org_kernel::page::Page;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ProductionShape<'a> {
    #[serde(flatten)]
    production: ProductionPayload<'a>,
    services: Vec<ServicePayload<'a>>,
    programme: Vec<ProgrammeShape<'a>>,
    checklist: Vec<ChecklistItemPayload<'a>>,
}

impl<'a> From<&'a ProductionDetail> for ProductionShape<'a> {
    fn from(detail: &'a ProductionDetail) -> Self {
        let programme = (1..).zip(&detail.programme);
        Self {
            production: (&detail.production).into(),
            services: detail.services.iter().map(Into::into).collect(),
            programme: programme.map(ProgrammeShape::of).collect(),
            checklist: detail.checklist.iter().map(Into::into).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProgrammeShape<'a> {
    position: u32,
    kind: &'static str,
    work_id: Option<WorkId>,
    title: &'a str,
    composer: Option<&'a str>,
    conductor: Option<&'a str>,
    soloists: Vec<SoloistShape<'a>>,
    duration_minutes: Option<i32>,
    notes: Option<&'a str>,
}

impl<'a> ProgrammeShape<'a> {
    fn of((position, item): (u32, &'a ProgrammeItem)) -> Self {
        Self {
            position,
            kind: item.kind.as_str(),
            work_id: item.work_id,
            title: item.title.as_ref(),
            composer: item.composer.as_ref().map(AsRef::as_ref),
            conductor: item.conductor.as_ref().map(AsRef::as_ref),
            soloists: soloists(&item.soloists),
            duration_minutes: item.duration_minutes,
            notes: item.notes.as_ref().map(AsRef::as_ref),
        }
    }
}

#[derive(Serialize)]
struct SoloistShape<'a> {
    name: &'a str,
    instrument: Option<&'a str>,
}

fn soloists(soloists: &[Soloist]) -> Vec<SoloistShape<'_>> {
    let shapes = soloists.iter().map(|soloist| SoloistShape {
        name: soloist.name.as_ref(),
        instrument: soloist.instrument.as_ref().map(AsRef::as_ref),
    });
    shapes.collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PerformanceShape<'a> {
    id: PerformanceId,
    date: String,
    season: Option<&'a str>,
    series: Option<&'a str>,
    orchestra: Option<&'a str>,
    composer: &'a str,
    work_id: Option<WorkId>,
    title: &'a str,
    movement: Option<&'a str>,
    conductor: Option<&'a str>,
    soloists: Vec<SoloistShape<'a>>,
    venue: Option<&'a str>,
    location: Option<&'a str>,
    production_id: Option<ProductionId>,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<Performance>> for PerformanceShape<'a> {
    fn from(record: &'a Record<Performance>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            date: facts.date.to_string(),
            season: facts.season.as_ref().map(AsRef::as_ref),
            series: facts.series.as_ref().map(AsRef::as_ref),
            orchestra: facts.orchestra.as_ref().map(AsRef::as_ref),
            composer: facts.composer.as_ref(),
            work_id: facts.work_id,
            title: facts.title.as_ref(),
            movement: facts.movement.as_ref().map(AsRef::as_ref),
            conductor: facts.conductor.as_ref().map(AsRef::as_ref),
            soloists: soloists(&facts.soloists),
            venue: facts.venue.as_ref().map(AsRef::as_ref),
            location: facts.location.as_ref().map(AsRef::as_ref),
            production_id: facts.production_id,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageShape<T> {
    items: Vec<T>,
    page: u32,
    limit: u32,
    total: u64,
    total_pages: u64,
}

impl<T> PageShape<T> {
    pub(super) fn of<'a, F>(page: &'a Page<F>, shape: impl Fn(&'a F) -> T) -> Self {
        Self {
            items: page.items.iter().map(shape).collect(),
            page: page.request.page(),
            limit: page.request.limit(),
            total: page.total,
            total_pages: page.total_pages(),
        }
    }
}
