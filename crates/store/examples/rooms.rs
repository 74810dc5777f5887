//! The same program on PostgreSQL: the team's own code does not change by a line.
//!
//! It takes the URL of a database, which it migrates; without one it starts a PostgreSQL of its own,
//! and removes it at the end.

#![expect(
    clippy::print_stdout,
    reason = "a program for a terminal, which shows what it was told"
)]

#[path = "../../domain/examples/rooms/program.rs"]
mod program;

use std::error::Error;
use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid};
use org_embedded_postgres::APPLICATION_DATABASE;
use org_kernel::id::OrgId;
use org_store::{DatabaseUrl, Pg, Settings, migrations};

fn main() -> Result<(), Box<dyn Error>> {
    let events = match std::env::args().nth(1) {
        Some(url) => run(&url.parse()?)?,
        None => run_on_a_cluster_of_its_own()?,
    };
    for event in events {
        println!("{event}");
    }
    Ok(())
}

fn run_on_a_cluster_of_its_own() -> Result<Vec<String>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let base = folder.path().join("postgres");
    let cluster = org_embedded_postgres::start(&org_embedded_postgres::Settings::new(base))?;
    let events = run(&cluster.url(APPLICATION_DATABASE).parse()?);
    cluster.stop()?;
    events
}

/// Lends rooms, and answers with the events that tell of it.
fn run(url: &DatabaseUrl) -> Result<Vec<String>, Box<dyn Error>> {
    migrations::migrate(url)?;
    let store = Arc::new(Pg::connect(&Settings {
        // A program that ends soon connects when it needs to, and not ahead of need.
        kept_open: false,
        ..Settings::new(url.clone())
    }));
    let conservatory = program::lend_rooms(&store)?;
    events(url, conservatory)
}

/// An event as it is stored: its bytes are those that were fixed in the transaction.
#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = Text)]
    payload: String,
}

/// Events are rows that a program reads in its own way.
fn events(url: &DatabaseUrl, org: OrgId) -> Result<Vec<String>, Box<dyn Error>> {
    let mut connection = PgConnection::establish(url.as_str())?;
    let query = "SELECT payload FROM events WHERE org_id = $1 ORDER BY created_at, id";
    let query = diesel::sql_query(query).bind::<Uuid, _>(org.uuid());
    let stored: Vec<Stored> = query.load(&mut connection)?;
    Ok(stored.into_iter().map(|event| event.payload).collect())
}

#[test]
fn rooms_are_lent_and_told_of() {
    let database = org_store::testing::TestDatabase::fresh();
    let events = run(database.url()).expect("a program that runs");
    let kinds = [
        "resource_booking.created",
        "resource_booking.created",
        "resource_booking.created",
        "resource_booking.cancelled",
    ];
    assert_eq!(events.len(), kinds.len(), "{events:?}");
    for (event, kind) in events.iter().zip(kinds) {
        assert!(event.contains(&format!(r#""type":"{kind}""#)), "{event}");
    }
    let quartet = &events[2];
    assert!(
        quartet.contains(r#""startAt":"2026-10-05T10:30:00.000Z""#),
        "{quartet}"
    );
}
