//! Another team's program, on the store in memory. No database, no web.

#![expect(
    clippy::print_stdout,
    reason = "a program for a terminal, which shows what it was told"
)]

#[path = "rooms/program.rs"]
mod program;

use std::error::Error;
use std::sync::Arc;

use org_domain::memory::InMemory;
use org_kernel::event::Event;

fn main() -> Result<(), Box<dyn Error>> {
    for event in run()? {
        println!("{}", event.payload);
    }
    Ok(())
}

/// Lends rooms, and answers with the events that tell of it.
fn run() -> Result<Vec<Event>, Box<dyn Error>> {
    let store = Arc::new(InMemory::default());
    let conservatory = program::lend_rooms(&store)?;
    Ok(store.events(conservatory))
}

#[test]
fn rooms_are_lent_and_told_of() {
    let events = run().expect("a program that runs");
    let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [
            "resource_booking.created",
            "resource_booking.created",
            "resource_booking.created",
            "resource_booking.cancelled",
        ]
    );
    // The studio is cleared away until 12:15 (10:15 in UTC) and set up for a quarter of an hour more.
    assert!(
        events[2]
            .payload
            .contains(r#""startAt":"2026-10-05T10:30:00.000Z""#)
    );
}
