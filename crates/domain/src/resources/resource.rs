//! What is known of a resource.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::kind;
use org_kernel::text::Line;

use crate::record::Facts;

choices! {
    /// What is booked.
    pub enum ResourceType {
        Hall = "HALL",
        Stage = "STAGE",
        RehearsalRoom = "REHEARSAL_ROOM",
        PracticeRoom = "PRACTICE_ROOM",
        SectionalRoom = "SECTIONAL_ROOM",
        DressingRoom = "DRESSING_ROOM",
        MeetingRoom = "MEETING_ROOM",
        Studio = "STUDIO",
        Storage = "STORAGE",
        Vehicle = "VEHICLE",
        Piano = "PIANO",
        Percussion = "PERCUSSION",
        StageEquipment = "STAGE_EQUIPMENT",
        AudioVideo = "AUDIO_VIDEO",
        Lighting = "LIGHTING",
        Other = "OTHER",
    }
}

choices! {
    /// Whether a resource can be booked.
    pub enum ResourceStatus {
        Available = "AVAILABLE",
        OutOfService = "OUT_OF_SERVICE",
        Archived = "ARCHIVED",
    }
}

/// A hall, a room, or another thing that one booking holds at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its name.
    pub name: Line<200>,
    /// What it is.
    pub kind: ResourceType,
    /// Where it is.
    pub venue: Option<Line<200>>,
    /// How many people it holds.
    pub capacity: Option<i32>,
    /// How long before a booking it is held.
    pub setup_minutes: i32,
    /// How long after a booking it is held.
    pub teardown_minutes: i32,
    /// Whether it can be booked.
    pub status: ResourceStatus,
    /// Why it has that status.
    pub status_reason: Option<Line<500>>,
}

impl Resource {
    /// The longest time that a resource is held before or after a booking: a week.
    pub const MAX_BUFFER_MINUTES: i64 = 7 * 24 * 60;

    /// Reads the fields of a resource, `AVAILABLE` and without buffers unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name");
        let kind = fields.required("type");
        let venue = fields.optional("venue");
        let capacity = fields.integer("capacity", 0..=10_000_000);
        let setup_minutes = fields.integer("setupMinutes", 0..=Self::MAX_BUFFER_MINUTES);
        let teardown_minutes = fields.integer("teardownMinutes", 0..=Self::MAX_BUFFER_MINUTES);
        let status = fields
            .optional("status")
            .unwrap_or(ResourceStatus::Available);
        let status_reason = fields.optional("statusReason");
        let (name, kind) = (name?, kind?);
        let (setup_minutes, teardown_minutes) =
            (setup_minutes.unwrap_or(0), teardown_minutes.unwrap_or(0));
        Some(Self {
            name,
            kind,
            venue,
            capacity,
            setup_minutes,
            teardown_minutes,
            status,
            status_reason,
        })
    }
}

impl Facts for Resource {
    type Kind = kind::Resource;
}
