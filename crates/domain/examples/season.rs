//! Another team's program: it keeps a season in memory and asks it what is on. No database, no web.

#![expect(
    clippy::print_stdout,
    reason = "a program for a terminal, which shows what it found"
)]

use std::error::Error;
use std::sync::Arc;

use org_domain::import::{Imports, Options, Source};
use org_domain::memory::{InMemory, Rows};
use org_domain::organizations::{Organizations, Slug};
use org_domain::productions::ProductionQuery;
use org_domain::query::{Lists, Words};
use org_domain::time_zone::TimeZone;
use org_kernel::audit::Origin;
use org_kernel::clock::SystemClock;
use org_kernel::field::FromText;
use org_kernel::id_source::SystemIds;
use org_kernel::page::PageRequest;
use org_kernel::text::Line;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    for line in run()? {
        println!("{line}");
    }
    Ok(())
}

/// Imports a season, asks what is on, and answers with that and with what was told of it.
fn run() -> Result<Vec<String>, Box<dyn Error>> {
    let store = Arc::new(InMemory::default());
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));

    let organizations = Organizations::new(store.clone(), clock.clone(), ids.clone());
    let orchestra = organizations.create(
        Slug::from_text("my-orchestra")?,
        Line::from_text("My Orchestra")?,
        TimeZone::from_text("Europe/Vienna")?,
        &Origin::OPERATOR,
    )?;

    let season: [Box<dyn Source>; 1] = [Box::new(Rows::named("season").with(rows()))];
    let imports = Imports::new(store.clone(), clock, ids);
    let summary = imports.run(
        (orchestra.id, &Origin::OPERATOR),
        &season,
        Options::default(),
        &mut |_| {},
    )?;
    if !summary.is_clean() {
        return Err(format!("{:?}", summary.errors).into());
    }

    let query = ProductionQuery {
        words: Some(Words::from_text("dvorak")?),
        ..ProductionQuery::default()
    };
    let found = store.list(orchestra.id, &query, PageRequest::default())?;
    let found = found.items.into_iter().map(|found| found.facts);
    let on = found.map(|production| format!("{} {}", production.dates.start(), production.title));
    let told = store.events(orchestra.id).into_iter();
    Ok(on.chain(told.map(|event| event.payload)).collect())
}

/// Two productions, as an import file has them.
fn rows() -> Vec<serde_json::Map<String, serde_json::Value>> {
    let rows = [
        json!({ "kind": "production", "externalId": "opening", "title": "Dvořák and Janáček",
            "startDate": "2026-09-18", "endDate": "2026-09-20", "status": "CONFIRMED" }),
        json!({ "kind": "production", "externalId": "advent", "title": "Bach in December",
            "startDate": "2026-12-11", "endDate": "2026-12-13" }),
    ];
    rows.into_iter()
        .filter_map(|row| row.as_object().cloned())
        .collect()
}

#[test]
fn a_season_is_asked_for_and_told_of() {
    let lines = run().expect("a program that runs");
    let [on, first, second] = &lines[..] else {
        panic!("not what is on and two events: {lines:?}");
    };
    assert_eq!(on, "2026-09-18 Dvořák and Janáček");
    for event in [first, second] {
        assert!(event.contains(r#""type":"production.created""#), "{event}");
    }
}
