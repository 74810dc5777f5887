//! Many clients, two servers, one slot.

use std::collections::BTreeMap;
use std::sync::{Barrier, Mutex};
use std::thread;

use serde_json::json;

use crate::client::Asked;
use crate::counting::count;
use crate::server::Server;
use crate::world::World;

const CLIENTS: usize = 64;
const ROUNDS: usize = 200;

/// In each round, every client wants the room for an hour that overlaps every other client's.
#[test]
fn of_all_who_want_a_room_at_once_exactly_one_gets_it() {
    let world = World::new();
    let other = Server::start(world.url());
    let resource = world.only("/resources");
    let (path, barrier) = (world.path("/resource-bookings"), Barrier::new(CLIENTS));
    let answers: Mutex<BTreeMap<(usize, u16), usize>> = Mutex::default();
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            let server = [&world.server, &other][number % 2];
            let (path, barrier, answers) = (&path, &barrier, &answers);
            let (key, resource) = (&world.here.key, &resource);
            scope.spawn(move || {
                let client = server.client();
                for round in 0..ROUNDS {
                    let (day, minute) = (slot(round), number % 30);
                    let body = json!({
                        "resourceId": resource,
                        "title": format!("Client {number}"),
                        "startAt": format!("{day}T10:{minute:02}:00Z"),
                        "endAt": format!("{day}T11:{minute:02}:00Z"),
                    });
                    barrier.wait();
                    let answer = client.send(&Asked {
                        body: Some(body),
                        ..Asked::of("POST", path, Some(key))
                    });
                    if answer.status == 409 {
                        assert_eq!(answer.code(), "BOOKING_CONFLICT");
                    }
                    let mut answers = answers.lock().expect("nobody panicked");
                    *answers.entry((round, answer.status)).or_default() += 1;
                }
            });
        }
    });
    let expected = (0..ROUNDS).flat_map(|round| [((round, 201), 1), ((round, 409), CLIENTS - 1)]);
    assert_eq!(
        answers.into_inner().expect("nobody panicked"),
        expected.collect()
    );
    let mut conn = world.connection();
    let events = "SELECT count(*) FROM events WHERE type = 'resource_booking.created'";
    let bookings = "SELECT count(*) FROM resource_bookings WHERE status = 'CONFIRMED'";
    let rounds = i64::try_from(ROUNDS).expect("not many");
    assert_eq!(count(&mut conn, events), rounds);
    assert_eq!(count(&mut conn, bookings), rounds);
}

/// A day of its own for each round.
fn slot(round: usize) -> String {
    format!("20{:02}-{:02}-01", 30 + round / 12, 1 + round % 12)
}
