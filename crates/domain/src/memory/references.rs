//! What records refer to, so that none refers to what is not there.

use uuid::Uuid;

use crate::bookings::Booking;
use crate::checklist::ChecklistItem;
use crate::contacts::Contact;
use crate::engagements::Engagement;
use crate::history::Performance;
use crate::import::ImportKind;
use crate::instruments::InstrumentFile;
use crate::productions::ProductionPlan;
use crate::repertoire::Work;
use crate::reports::Report;
use crate::requests::MemberRequest;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;

/// Facts that may refer to records of other kinds.
pub(super) trait Refers {
    /// The kinds and ids of what these facts refer to.
    fn references(&self) -> Vec<(ImportKind, Uuid)>;
}

impl Refers for ProductionPlan {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        let works = self.programme.iter().filter_map(|item| item.work_id);
        works.map(|id| (ImportKind::Work, id.uuid())).collect()
    }
}

impl Refers for Service {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        vec![(ImportKind::Production, self.production_id.uuid())]
    }
}

impl Refers for InstrumentFile {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        let member = self.instrument.on_loan_to;
        member
            .map(|id| (ImportKind::Member, id.uuid()))
            .into_iter()
            .collect()
    }
}

impl Refers for Performance {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        let work = self.work_id.map(|id| (ImportKind::Work, id.uuid()));
        let production = self.production_id;
        let production = production.map(|id| (ImportKind::Production, id.uuid()));
        work.into_iter().chain(production).collect()
    }
}

impl Refers for Booking {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        vec![(ImportKind::Resource, self.resource_id.uuid())]
    }
}

impl Refers for ChecklistItem {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        vec![(ImportKind::Production, self.production_id.uuid())]
    }
}

impl Refers for MemberRequest {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        vec![(ImportKind::Member, self.member_id.uuid())]
    }
}

impl Refers for Engagement {
    fn references(&self) -> Vec<(ImportKind, Uuid)> {
        vec![
            (ImportKind::Production, self.production_id.uuid()),
            (ImportKind::Contact, self.contact_id.uuid()),
        ]
    }
}

macro_rules! refer_to_nothing {
    ($($facts:ty),+) => {
        $(impl Refers for $facts {
            fn references(&self) -> Vec<(ImportKind, Uuid)> {
                Vec::new()
            }
        })+
    };
}

refer_to_nothing!(Work, MemberFile, Resource, Tour, Report, Contact);
