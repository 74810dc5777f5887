//! Two journeys: one of this season, one of the last.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::calendar::{Phase, Start, Today};

struct Tour {
    id: &'static str,
    name: &'static str,
    start: Start,
    legs: &'static [Leg],
}

/// One day on tour; days follow one another.
struct Leg {
    day_type: &'static str,
    city: &'static str,
    country: &'static str,
    venue: Option<&'static str>,
    notes: Option<&'static str>,
}

const fn leg(day_type: &'static str, city: &'static str, country: &'static str) -> Leg {
    Leg {
        day_type,
        city,
        country,
        venue: None,
        notes: None,
    }
}

impl Leg {
    const fn plays_at(mut self, venue: &'static str) -> Self {
        self.venue = Some(venue);
        self
    }

    const fn notes(mut self, notes: &'static str) -> Self {
        self.notes = Some(notes);
        self
    }

    fn json(&self, date: Date) -> Value {
        json!({
            "date": date.to_string(),
            "dayType": self.day_type,
            "city": self.city,
            "country": self.country,
            "venue": self.venue,
            "notes": self.notes,
        })
    }
}

const TRAVEL: &str = "TRAVEL";
const PERFORMANCE: &str = "PERFORMANCE";
const BOTH: &str = "TRAVEL_AND_PERFORMANCE";
const FREE: &str = "FREE";
const REHEARSAL: &str = "REHEARSAL";

const TOURS: &[Tour] = &[
    Tour {
        id: "danube-and-rhine",
        name: "Danube and Rhine",
        start: Start::Week(30),
        legs: &[
            leg(BOTH, "Linz", "AT").plays_at("Donaubogen Hall"),
            leg(BOTH, "Munich", "DE").plays_at("Isarsaal"),
            leg(BOTH, "Nuremberg", "DE").plays_at("Kornspeicher"),
            leg(FREE, "Nuremberg", "DE"),
            leg(TRAVEL, "Cologne", "DE").notes("By rail, 9:02; instruments overnight."),
            leg(PERFORMANCE, "Cologne", "DE").plays_at("Rheinhalle am Speicher"),
            leg(BOTH, "Amsterdam", "NL").plays_at("Canal House"),
            leg(REHEARSAL, "Amsterdam", "NL").plays_at("Canal House"),
            leg(BOTH, "Brussels", "BE").plays_at("Salle des Tilleuls"),
            leg(TRAVEL, "Vienna", "AT").notes("Flight at noon; the lorry arrives a day later."),
        ],
    },
    Tour {
        id: "adriatic",
        name: "Adriatic Spring",
        start: Start::WeekOfLastSeason(32),
        legs: &[
            leg(BOTH, "Graz", "AT").plays_at("Saal an der Mur"),
            leg(BOTH, "Ljubljana", "SI").plays_at("Dvorana Ob Reki"),
            leg(BOTH, "Trieste", "IT").plays_at("Sala del Molo"),
            leg(FREE, "Trieste", "IT"),
            leg(BOTH, "Zagreb", "HR").plays_at("Dvorana Zeleni Trg"),
            leg(TRAVEL, "Vienna", "AT"),
        ],
    },
];

impl Tour {
    fn row(&self, today: &Today) -> Value {
        let first = today.season().day(self.start);
        let days: Vec<Date> = first.series(1.day()).take(self.legs.len()).collect();
        let last = *days.last().unwrap_or(&first);
        let legs = self.legs.iter().zip(&days).map(|(leg, day)| leg.json(*day));
        json!({
            "kind": "tour",
            "externalId": self.id,
            "name": self.name,
            "status": status(today.phase(first, last)),
            "startDate": first.to_string(),
            "endDate": last.to_string(),
            "legs": legs.collect::<Vec<_>>(),
        })
    }
}

const fn status(phase: Phase) -> &'static str {
    match phase {
        Phase::Past => "COMPLETED",
        Phase::Present => "IN_PROGRESS",
        Phase::Future => "CONFIRMED",
    }
}

pub(crate) fn rows(today: &Today) -> Vec<Value> {
    TOURS.iter().map(|tour| tour.row(today)).collect()
}
