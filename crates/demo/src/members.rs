//! The roster, section by section. Nobody on it exists.

mod behind_the_stage;
mod strings;
mod winds_and_percussion;

use serde_json::{Value, json};

/// The part of the roster that sits together.
struct Section {
    /// Its code; the conductor belongs to none.
    code: Option<&'static str>,
    /// What is played in it, unless a seat says otherwise.
    instrument: Option<&'static str>,
    seats: &'static [Seat],
}

const fn players(code: &'static str, instrument: &'static str, seats: &'static [Seat]) -> Section {
    Section {
        code: Some(code),
        instrument: Some(instrument),
        seats,
    }
}

/// One membership.
#[derive(Clone, Copy)]
struct Seat {
    /// The external id, and the name of the mailbox.
    id: &'static str,
    name: &'static str,
    role: &'static str,
    /// The year in whose September the member came.
    joined: i16,
    instrument: Option<&'static str>,
    status: &'static str,
}

const fn seat(id: &'static str, name: &'static str, role: &'static str, joined: i16) -> Seat {
    Seat {
        id,
        name,
        role,
        joined,
        instrument: None,
        status: "ACTIVE",
    }
}

impl Seat {
    const fn plays(mut self, instrument: &'static str) -> Self {
        self.instrument = Some(instrument);
        self
    }

    const fn is(mut self, status: &'static str) -> Self {
        self.status = status;
        self
    }

    fn row(&self, section: &Section, chair: Option<usize>) -> Value {
        json!({
            "kind": "member",
            "externalId": self.id,
            "name": self.name,
            "role": self.role,
            "section": section.code,
            "chair": chair,
            "instrument": self.instrument.or(section.instrument),
            "status": self.status,
            "joinedOn": format!("{}-09-01", self.joined),
            "email": format!("{}@example.org", self.id),
        })
    }
}

const CONCERTMASTER: &str = "CONCERTMASTER";
const PRINCIPAL: &str = "PRINCIPAL";
const CO_PRINCIPAL: &str = "CO_PRINCIPAL";
const ASSOCIATE: &str = "ASSOCIATE_PRINCIPAL";
const ASSISTANT: &str = "ASSISTANT_PRINCIPAL";
const TUTTI: &str = "TUTTI";
const SUBSTITUTE: &str = "SUBSTITUTE";
const EXTRA: &str = "EXTRA";

/// Those who help out sit where there is room: they have no chair of their own.
fn has_chair(section: &Section, seat: &Seat) -> bool {
    section.instrument.is_some() && !matches!(seat.role, SUBSTITUTE | EXTRA)
}

fn section_rows(section: &Section) -> impl Iterator<Item = Value> {
    let numbered = (1..).zip(section.seats);
    numbered.map(|(chair, seat)| seat.row(section, has_chair(section, seat).then_some(chair)))
}

pub(crate) fn rows() -> Vec<Value> {
    [
        behind_the_stage::CONDUCTOR,
        strings::SECTIONS,
        winds_and_percussion::SECTIONS,
        behind_the_stage::SECTIONS,
    ]
    .into_iter()
    .flatten()
    .flat_map(section_rows)
    .collect()
}
