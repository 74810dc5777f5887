//! The services of every production: who is called, when and where.

use jiff::ToSpan;
use serde_json::{Value, json};

use crate::calendar::{Today, written};
use crate::productions::{self, Call, Length, Production};

/// For applause, and for those who come late.
const AROUND_THE_MUSIC: i32 = 10;

/// Concerts end on a quarter of an hour, as far as the schedule knows.
const QUARTER: i32 = 15;

fn minutes(production: &Production, call: &Call) -> i32 {
    match call.length {
        Length::Minutes(minutes) => minutes,
        Length::Programme => {
            let minutes = production.minutes() + AROUND_THE_MUSIC;
            (minutes + QUARTER - 1) / QUARTER * QUARTER
        }
    }
}

fn row(today: &Today, production: &Production, number: usize, call: &Call) -> Value {
    let date = production.day(today.season(), call.day);
    let start = today.moment(date, call.start);
    let end = &start + minutes(production, call).minutes();
    let called = call.lead_minutes.map(|lead| &start - lead.minutes());
    json!({
        "kind": "service",
        "externalId": format!("{}-{number}", production.id),
        "productionExternalId": production.id,
        "type": call.kind,
        "status": production.plan.of_service(today, date),
        "title": call.title,
        "startAt": written(&start),
        "endAt": written(&end),
        "callAt": called.as_ref().map(written),
        "venue": call.venue,
        "conductor": production.conductor,
        "dress": call.dress,
        "notes": call.notes,
    })
}

pub(crate) fn rows(today: &Today) -> Vec<Value> {
    productions::all()
        .flat_map(|production| {
            (1..)
                .zip(production.schedule)
                .map(move |(number, call)| row(today, production, number, call))
        })
        .collect()
}
