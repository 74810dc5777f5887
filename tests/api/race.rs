//! Many clients, two servers, one slot.

use std::collections::BTreeMap;
use std::sync::{Barrier, Mutex, PoisonError};
use std::thread;

use serde_json::{Value, json};

use crate::client::{Asked, Client};
use crate::counting::count;
use crate::server::{PATIENT, Server};
use crate::world::World;

const CLIENTS: usize = 64;
const ROUNDS: usize = 200;

/// In each round, every client wants the room for an hour that overlaps every other client's.
#[test]
fn of_all_who_want_a_room_at_once_exactly_one_gets_it() {
    let world = World::served_with(PATIENT);
    let other = Server::start_with(world.url(), PATIENT);
    let resource = world.only("/resources");
    let (path, barrier) = (world.path("/resource-bookings"), Barrier::new(CLIENTS));
    let told: Mutex<BTreeMap<(usize, Outcome), usize>> = Mutex::default();
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            let server = [&world.server, &other][number % 2];
            let (path, barrier, told) = (&path, &barrier, &told);
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
                    let outcome = outcome(
                        &client,
                        &Asked {
                            body: Some(body),
                            ..Asked::of("POST", path, Some(key))
                        },
                    );
                    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                    *told.entry((round, outcome)).or_default() += 1;
                }
            });
        }
    });
    let expected = (0..ROUNDS).flat_map(|round| {
        let (booked, conflict) = ((201, String::new()), (409, "BOOKING_CONFLICT".to_owned()));
        [((round, booked), 1), ((round, conflict), CLIENTS - 1)]
    });
    let told = told.into_inner().expect("nobody panicked");
    assert_eq!(told, expected.collect());
    let mut conn = world.connection();
    let events = "SELECT count(*) FROM events WHERE type = 'resource_booking.created'";
    let bookings = "SELECT count(*) FROM resource_bookings WHERE status = 'CONFIRMED'";
    let rounds = i64::try_from(ROUNDS).expect("not many");
    assert_eq!(count(&mut conn, events), rounds);
    assert_eq!(count(&mut conn, bookings), rounds);
}

/// The status of an answer and, of a refusal, the code; or 0, and why there was no answer.
type Outcome = (u16, String);

/// What came of a request. Nothing panics over it: the others would wait for ever for a client that is
/// gone.
fn outcome(client: &Client, asked: &Asked<'_>) -> Outcome {
    let answer = match client.try_to_send(asked) {
        Ok(answer) => answer,
        Err(why) => return (0, why.to_string()),
    };
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let code = body["error"]["code"].as_str().unwrap_or_default();
    (answer.status, code.to_owned())
}

/// A day of its own for each round.
fn slot(round: usize) -> String {
    format!("20{:02}-{:02}-01", 30 + round / 12, 1 + round % 12)
}
