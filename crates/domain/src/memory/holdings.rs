//! Everything that one organization holds.

use std::collections::{BTreeMap, HashMap};

use org_kernel::audit::Entry;
use org_kernel::event::Event;
use org_kernel::id::{ProductionId, WorkId};
use org_kernel::idempotency::{Answer, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use uuid::Uuid;

use super::shelf::{AnyShelf, Shelf};
use crate::bookings::Booking;
use crate::checklist::ChecklistItem;
use crate::contacts::Contact;
use crate::engagements::Engagement;
use crate::history::Performance;
use crate::import::ImportKind;
use crate::instruments::InstrumentFile;
use crate::productions::{Production, ProductionDetail, ProductionPlan};
use crate::query::Query as _;
use crate::record::Record;
use crate::repertoire::{PerformanceFigures, Work};
use crate::reports::Report;
use crate::requests::MemberRequest;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::{Service, ServiceQuery};
use crate::tours::Tour;

/// One shelf a kind, and the events.
#[derive(Clone, Debug, Default)]
pub(super) struct Holdings {
    pub(super) productions: Shelf<ProductionPlan>,
    pub(super) services: Shelf<Service>,
    pub(super) works: Shelf<Work>,
    pub(super) members: Shelf<MemberFile>,
    pub(super) resources: Shelf<Resource>,
    pub(super) instruments: Shelf<InstrumentFile>,
    pub(super) tours: Shelf<Tour>,
    pub(super) reports: Shelf<Report>,
    pub(super) performances: Shelf<Performance>,
    pub(super) contacts: Shelf<Contact>,
    pub(super) bookings: Shelf<Booking>,
    pub(super) checklist_items: Shelf<ChecklistItem>,
    pub(super) requests: Shelf<MemberRequest>,
    pub(super) engagements: Shelf<Engagement>,
    pub(super) answers: BTreeMap<IdempotencyKey, Kept>,
    pub(super) events: Vec<Event>,
    pub(super) entries: Vec<Entry>,
}

/// An answer that is kept, to which request, and until when.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) request: Fingerprint,
    pub(super) answer: Answer,
    pub(super) expires_at: Instant,
}

impl Holdings {
    /// The shelf on which records of a kind stand.
    pub(super) fn shelf(&self, kind: ImportKind) -> &dyn AnyShelf {
        match kind {
            ImportKind::Production => &self.productions,
            ImportKind::Service => &self.services,
            ImportKind::Work => &self.works,
            ImportKind::Member => &self.members,
            ImportKind::Resource => &self.resources,
            ImportKind::Instrument => &self.instruments,
            ImportKind::Tour => &self.tours,
            ImportKind::Report => &self.reports,
            ImportKind::Performance => &self.performances,
            ImportKind::Contact => &self.contacts,
        }
    }

    /// True when a record of this kind has this id.
    pub(super) fn has(&self, kind: ImportKind, id: Uuid) -> bool {
        self.shelf(kind).has(id)
    }

    pub(super) fn production(&self, id: ProductionId) -> Option<ProductionDetail> {
        let plan = self.productions.get(id)?;
        let services = self.services.records();
        let mut services: Vec<_> = services
            .filter(|service| service.facts.production_id == id)
            .cloned()
            .collect();
        services.sort_by(ServiceQuery::order);
        let items = self.checklist_items.records();
        let mut checklist: Vec<_> = items
            .filter(|item| item.facts.production_id == id)
            .cloned()
            .collect();
        checklist.sort_by_key(|item| item.facts.position);
        Some(ProductionDetail {
            production: listed(plan),
            services,
            programme: plan.facts.programme.clone(),
            checklist,
        })
    }

    /// The figures of every work that has been performed.
    pub(super) fn figures(&self) -> HashMap<WorkId, PerformanceFigures> {
        let mut figures: HashMap<_, PerformanceFigures> = HashMap::new();
        for performance in self.performances.records() {
            if let Some(work) = performance.facts.work_id {
                let date = performance.facts.date;
                let of_work = figures.entry(work).or_default();
                of_work.count += 1;
                of_work.first_on = Some(of_work.first_on.map_or(date, |first| first.min(date)));
                of_work.last_on = Some(of_work.last_on.map_or(date, |last| last.max(date)));
            }
        }
        figures
    }
}

/// A production as it is listed, without its programme.
pub(super) fn listed(plan: &Record<ProductionPlan>) -> Record<Production> {
    plan.map(|facts| facts.production.clone())
}
