//! One program of the archive, as it was read.

use org_domain::import::Flaw;
use org_kernel::field::FromText as _;
use serde_json::{Map, Value, json};
use time::macros::format_description;
use time::{Date, Time};

use super::input::Input;

/// What was played on one or more evenings.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) id: String,
    pub(super) orchestra: Option<String>,
    pub(super) season: Option<String>,
    /// At least one.
    pub(super) concerts: Vec<Concert>,
    pub(super) entries: Vec<Entry>,
}

/// One evening.
#[derive(Debug)]
pub(super) struct Concert {
    pub(super) event_type: Option<String>,
    pub(super) location: Option<String>,
    pub(super) venue: Option<String>,
    pub(super) date: Date,
    pub(super) time: Time,
}

/// One row of what was played: a work, a part of one, or an interval.
#[derive(Debug)]
pub(super) struct Entry {
    /// The work's number, if the row has one; `0` for an interval.
    number: Option<String>,
    pub(super) movement_number: Option<u64>,
    pub(super) interval: Option<String>,
    pub(super) title: Option<String>,
    pub(super) movement: Option<String>,
    pub(super) composer: Option<String>,
    pub(super) conductor: Option<String>,
    /// As rows of an import have them.
    pub(super) soloists: Vec<Value>,
}

impl Program {
    /// Reads a program, or says everything that is wrong with it. What it does not know, it leaves.
    pub(super) fn read(object: &Map<String, Value>) -> Result<Self, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let mut input = Input::new(object, &mut flaws);
        let id = input.text("id").unwrap_or_else(|| {
            input.reject("id", "is required");
            String::new()
        });
        let (orchestra, season) = (input.text("orchestra"), input.text("season"));
        let concerts = input.each("concerts", Concert::read);
        let entries = input.each("works", Entry::read);
        if concerts.is_empty() {
            input.reject("concerts", "must have at least one concert");
        }
        if !flaws.is_empty() {
            return Err(flaws);
        }
        Ok(Self {
            id,
            orchestra,
            season,
            concerts,
            entries,
        })
    }
}

impl Concert {
    fn read(input: &mut Input<'_>) -> Self {
        Self {
            event_type: input.text("eventType"),
            location: input.text_or_none("Location"),
            venue: input.text_or_none("Venue"),
            date: read_date(input),
            time: read_time(input),
        }
    }
}

/// A date is local midnight written as UTC, so its first ten characters are the day that is meant.
fn read_date(input: &mut Input<'_>) -> Date {
    let text = input.text("Date").unwrap_or_default();
    let day = text.get(..10).and_then(|day| Date::from_text(day).ok());
    day.unwrap_or_else(|| {
        input.reject(
            "Date",
            "must begin with a date that exists, like 2024-09-22",
        );
        Date::MIN
    })
}

/// Where the archive knows no time, the day's first instant stands for it.
fn read_time(input: &mut Input<'_>) -> Time {
    let shape = format_description!("[hour repr:12 padding:none]:[minute][period]");
    let Some(text) = input.text_or_none("Time") else {
        return Time::MIDNIGHT;
    };
    Time::parse(&text, shape).unwrap_or_else(|_| {
        input.reject("Time", "must be a time like 8:00PM, or None");
        Time::MIDNIGHT
    })
}

impl Entry {
    fn read(input: &mut Input<'_>) -> Self {
        let id = input.text("ID").unwrap_or_default();
        let (number, movement) = id.split_once('*').unwrap_or((&id, ""));
        Self {
            number: (!number.is_empty()).then(|| number.to_owned()),
            movement_number: movement.parse().ok(),
            interval: input.text("interval"),
            title: input.text("workTitle"),
            movement: input.text("movement"),
            composer: input.text("composerName"),
            conductor: input.text("conductorName"),
            soloists: input
                .each("soloists", soloist)
                .into_iter()
                .flatten()
                .collect(),
        }
    }

    /// The number under which the row's work is kept; an interval and a row without number have none.
    pub(super) fn work_number(&self) -> Option<&str> {
        self.number.as_deref().filter(|number| *number != "0")
    }

    /// True for a pause between works. The archive numbers a few kinds of pauses as if they were
    /// works; those are both.
    pub(super) fn is_interval(&self) -> bool {
        self.number.as_deref() == Some("0") || (self.interval.is_some() && self.title.is_none())
    }

    /// What the row is called: its work's title, or else the best that it says.
    pub(super) fn any_title(&self) -> Option<&str> {
        let named = [&self.title, &self.interval, &self.movement];
        named.into_iter().find_map(Option::as_deref)
    }
}

/// Rows without soloists have one whose name is empty; it is nobody.
fn soloist(input: &mut Input<'_>) -> Option<Value> {
    let name = input.text("soloistName")?;
    Some(json!({ "name": name, "instrument": input.text("soloistInstrument") }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Value) -> Result<Program, Vec<(String, String)>> {
        let Value::Object(object) = value else {
            panic!("not an object")
        };
        Program::read(&object).map_err(|flaws| {
            let flaws = flaws.into_iter();
            flaws
                .map(|flaw| (flaw.field.unwrap_or_default(), flaw.message))
                .collect()
        })
    }

    fn time_of(text: &Value) -> Option<Time> {
        let concert = json!({ "Date": "2024-09-22T04:00:00Z", "Time": text });
        let program = read(json!({ "id": "p", "concerts": [concert] })).ok()?;
        Some(program.concerts[0].time)
    }

    #[test]
    fn times_are_those_of_a_clock_with_twelve_hours() {
        for (text, time) in [
            (json!("8:00PM"), (20, 0)),
            (json!("12:30AM"), (0, 30)),
            (json!("12:00PM"), (12, 0)),
            (json!("10:05AM"), (10, 5)),
            (json!("None"), (0, 0)),
            (json!(""), (0, 0)),
            (json!(null), (0, 0)),
        ] {
            let time = Time::from_hms(time.0, time.1, 0).ok();
            assert_eq!(time_of(&text), time, "{text}");
        }
        for text in ["20:00", "8PM", "13:00PM", "0:30AM", "8:60PM", "noon"] {
            assert_eq!(time_of(&json!(text)), None, "{text}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_named() {
        let flaws = read(json!({
            "concerts": [{ "Date": "2024-02-30T05:00:00Z", "Time": "late" }, 7, { "Date": "é" }],
            "works": [{ "soloists": "nobody" }, { "soloists": [null] }],
        }));
        let date = "must begin with a date that exists, like 2024-09-22";
        let expected = [
            ("id", "is required"),
            ("concerts[0].Date", date),
            ("concerts[0].Time", "must be a time like 8:00PM, or None"),
            ("concerts[1]", "must be an object"),
            ("concerts[2].Date", date),
            ("works[0].soloists", "must be a list"),
            ("works[1].soloists[0]", "must be an object"),
        ];
        let expected = expected.map(|(field, message)| (field.to_owned(), message.to_owned()));
        assert_eq!(flaws.err(), Some(expected.to_vec()));
    }

    #[test]
    fn a_program_has_a_concert() {
        let flaws = read(json!({ "id": "p", "concerts": null, "works": null }));
        let expected = (
            "concerts".to_owned(),
            "must have at least one concert".to_owned(),
        );
        assert_eq!(flaws.err(), Some(vec![expected]));
    }

    #[test]
    fn numbers_stand_before_and_behind_the_star() {
        for (id, number, movement, interval) in [
            ("51035*", Some("51035"), None, false),
            ("51035*12", Some("51035"), Some(12), false),
            ("51035", Some("51035"), None, false),
            ("0*", None, None, true),
            ("", None, None, false),
            ("*3", None, Some(3), false),
        ] {
            let entry = json!({ "ID": id, "workTitle": "x" });
            let concerts = json!([{ "Date": "2024-09-22" }]);
            let program = read(json!({ "id": "p", "concerts": concerts, "works": [entry] }));
            let entry = &program.expect("a program").entries[0];
            let told = (
                entry.work_number(),
                entry.movement_number,
                entry.is_interval(),
            );
            assert_eq!(told, (number, movement, interval), "{id}");
        }
    }
}
