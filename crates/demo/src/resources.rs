//! What can be booked: the house's halls and rooms, its pianos, a van and more.

use serde_json::{Value, json};

use crate::names::HOUSE;

struct Resource {
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    capacity: Option<i32>,
    /// Minutes before and after a booking.
    buffers: (i32, i32),
    /// Why it cannot be booked.
    out_of_service: Option<&'static str>,
}

const fn resource(id: &'static str, name: &'static str, kind: &'static str) -> Resource {
    Resource {
        id,
        name,
        kind,
        capacity: None,
        buffers: (0, 0),
        out_of_service: None,
    }
}

impl Resource {
    const fn holds(mut self, people: i32) -> Self {
        self.capacity = Some(people);
        self
    }

    const fn takes(mut self, setup: i32, teardown: i32) -> Self {
        self.buffers = (setup, teardown);
        self
    }

    const fn closed(mut self, reason: &'static str) -> Self {
        self.out_of_service = Some(reason);
        self
    }

    fn row(&self) -> Value {
        let status = match self.out_of_service {
            Some(_) => "OUT_OF_SERVICE",
            None => "AVAILABLE",
        };
        json!({
            "kind": "resource",
            "externalId": self.id,
            "name": self.name,
            "type": self.kind,
            "venue": HOUSE,
            "capacity": self.capacity,
            "setupMinutes": self.buffers.0,
            "teardownMinutes": self.buffers.1,
            "status": status,
            "statusReason": self.out_of_service,
        })
    }
}

const RESOURCES: &[Resource] = &[
    resource("great-hall", "Great Hall", "HALL")
        .holds(1640)
        .takes(60, 45),
    resource("chamber-hall", "Chamber Hall", "HALL")
        .holds(380)
        .takes(30, 30),
    resource("garden-stage", "Garden Stage", "STAGE")
        .holds(2200)
        .takes(240, 180),
    resource("rehearsal-studio", "Rehearsal Studio", "REHEARSAL_ROOM")
        .holds(110)
        .takes(15, 15),
    resource("sectional-1", "Sectional Room 1", "SECTIONAL_ROOM").holds(30),
    resource("sectional-2", "Sectional Room 2", "SECTIONAL_ROOM").holds(24),
    resource("practice-1", "Practice Room 1", "PRACTICE_ROOM").holds(3),
    resource("soloist-room", "Soloists' Room", "DRESSING_ROOM").holds(4),
    resource("green-salon", "Green Salon", "MEETING_ROOM").holds(18),
    resource("control-room", "Control Room", "STUDIO")
        .holds(6)
        .takes(30, 15),
    resource("grand-1", "Concert Grand I", "PIANO").takes(90, 0),
    resource("grand-2", "Concert Grand II", "PIANO").takes(90, 0),
    resource("organ", "Great Hall Organ", "OTHER")
        .takes(60, 0)
        .closed("The pipes are out for restoration until the end of the season."),
    resource("risers", "Choir Risers", "STAGE_EQUIPMENT").takes(45, 45),
    resource("van", "Instrument Van", "VEHICLE")
        .holds(3)
        .takes(30, 30),
];

pub(crate) fn rows() -> Vec<Value> {
    RESOURCES.iter().map(Resource::row).collect()
}
