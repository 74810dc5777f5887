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
    for error in &summary.errors {
        eprintln!("{error:?}");
    }

    let query = ProductionQuery {
        words: Some(Words::from_text("dvorak")?),
        ..ProductionQuery::default()
    };
    for production in store
        .list(orchestra.id, &query, PageRequest::default())?
        .items
    {
        println!(
            "{} {}",
            production.facts.dates.start(),
            production.facts.title
        );
    }
    for event in store.events(orchestra.id) {
        println!("{}", event.payload);
    }
    Ok(())
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
