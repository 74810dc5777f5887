//! Programs as productions.

use serde_json::Value;
use time::Date;

use super::event_type::production_type;
use super::program::{Entry, Program};
use super::{Object, object};

/// How many composers a title names.
const NAMED: usize = 3;

/// The production that a program is.
pub(super) fn row(program: &Program, today: Date) -> Object {
    let series = program.concerts[0].event_type.as_deref();
    let (first, last) = days(program);
    let conductor = program
        .entries
        .iter()
        .find_map(|entry| entry.conductor.as_deref());
    let venue = program
        .concerts
        .iter()
        .find_map(|concert| concert.venue.as_deref());
    let programme: Vec<_> = program.entries.iter().filter_map(item).collect();
    object([
        ("kind", "production".into()),
        ("externalId", program.id.as_str().into()),
        ("title", title(program).or(series.map(str::to_owned)).into()),
        ("season", program.season.as_deref().into()),
        ("series", series.into()),
        ("type", production_type(series).into()),
        ("status", status(last, today).into()),
        ("startDate", first.to_string().into()),
        ("endDate", last.to_string().into()),
        ("conductor", conductor.into()),
        ("venue", venue.into()),
        ("programme", programme.into()),
    ])
}

/// How far something has come whose last day this is.
pub(super) fn status(last: Date, today: Date) -> &'static str {
    if last < today {
        "COMPLETED"
    } else {
        "CONFIRMED"
    }
}

fn days(program: &Program) -> (Date, Date) {
    let first = &program.concerts[0];
    let dates = program.concerts.iter().map(|concert| concert.date);
    dates.fold((first.date, first.date), |(start, end), date| {
        (start.min(date), end.max(date))
    })
}

/// The surnames of the first composers, each once, as the programme has them.
fn title(program: &Program) -> Option<String> {
    let mut surnames: Vec<&str> = Vec::new();
    for composer in program
        .entries
        .iter()
        .filter_map(|entry| entry.composer.as_deref())
    {
        let surname = composer.split(',').next().unwrap_or_default().trim();
        if !surname.is_empty() && !surnames.contains(&surname) && surnames.len() < NAMED {
            surnames.push(surname);
        }
    }
    (!surnames.is_empty()).then(|| surnames.join(", "))
}

/// A place of the programme; `None` for a row that says nothing.
fn item(entry: &Entry) -> Option<Value> {
    let interval = entry.is_interval();
    let title = match entry.any_title() {
        Some(title) => title,
        None if interval => "Intermission",
        None => return None,
    };
    // The movement is a note, unless there was nothing else to be the title.
    let movement = entry
        .movement
        .as_deref()
        .filter(|movement| *movement != title);
    let item = object([
        (
            "kind",
            if interval { "INTERMISSION" } else { "WORK" }.into(),
        ),
        ("workExternalId", entry.work_number().into()),
        ("title", title.into()),
        ("composer", entry.composer.as_deref().into()),
        ("conductor", entry.conductor.as_deref().into()),
        ("soloists", entry.soloists.clone().into()),
        ("notes", movement.into()),
    ]);
    Some(item.into())
}
