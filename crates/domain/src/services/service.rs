//! What is known of a service.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::{ProductionId, kind};
use org_kernel::instant::Instant;
use org_kernel::text::{Line, Prose};

use crate::import::Links;
use crate::record::Facts;
use crate::span::TimeSpan;

choices! {
    /// What players are called to.
    pub enum ServiceType {
        Rehearsal = "REHEARSAL",
        Sectional = "SECTIONAL",
        DressRehearsal = "DRESS_REHEARSAL",
        OpenRehearsal = "OPEN_REHEARSAL",
        SoundCheck = "SOUND_CHECK",
        WarmUp = "WARM_UP",
        Reading = "READING",
        Concert = "CONCERT",
        EducationConcert = "EDUCATION_CONCERT",
        ChamberConcert = "CHAMBER_CONCERT",
        RunOut = "RUN_OUT",
        Recording = "RECORDING",
        Broadcast = "BROADCAST",
        Audition = "AUDITION",
        Travel = "TRAVEL",
        OnCall = "ON_CALL",
        Meeting = "MEETING",
        LoadIn = "LOAD_IN",
        LoadOut = "LOAD_OUT",
        Outreach = "OUTREACH",
        Other = "OTHER",
    }
}

choices! {
    /// How far a service has come.
    pub enum ServiceStatus {
        Tentative = "TENTATIVE",
        Scheduled = "SCHEDULED",
        Confirmed = "CONFIRMED",
        Completed = "COMPLETED",
        Postponed = "POSTPONED",
        Cancelled = "CANCELLED",
    }
}

/// One rehearsal, one concert, or another time at which players are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The production it belongs to.
    pub production_id: ProductionId,
    /// What players are called to.
    pub kind: ServiceType,
    /// How far it has come.
    pub status: ServiceStatus,
    /// What the schedule calls it.
    pub title: Option<Line<300>>,
    /// From when to when.
    pub time: TimeSpan,
    /// When players must be there.
    pub call_at: Option<Instant>,
    /// Where.
    pub venue: Option<Line<200>>,
    /// Who conducts.
    pub conductor: Option<Line<200>>,
    /// What is worn.
    pub dress: Option<Line<120>>,
    /// What else there is to say.
    pub notes: Option<Prose<5000>>,
}

impl Service {
    /// Reads the fields of a service, `SCHEDULED` unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        let production_id = links.required(fields, "productionExternalId");
        let kind = fields.required("type");
        let status = fields
            .optional("status")
            .unwrap_or(ServiceStatus::Scheduled);
        let title = fields.optional("title");
        let time = TimeSpan::read(fields);
        let call_at = fields.optional("callAt");
        let venue = fields.optional("venue");
        let conductor = fields.optional("conductor");
        let dress = fields.optional("dress");
        let notes = fields.optional("notes");
        let (production_id, kind, time) = (production_id?, kind?, time?);
        Some(Self {
            production_id,
            kind,
            status,
            title,
            time,
            call_at,
            venue,
            conductor,
            dress,
            notes,
        })
    }
}

impl Facts for Service {
    type Kind = kind::Service;
}
