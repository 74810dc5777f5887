//! Deliveries on their way.

use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Double;

use crate::receiver::Receiver;
use crate::stage::Stage;
use crate::{median, seconds_of, tell_at_once};

const ROUNDS: u32 = 3;

const WELL: [&str; 3] = ["/well-1", "/well-2", "/well-3"];

/// Healthy receivers in the place of the sick ones.
const OTHERS: [&str; 6] = [
    "/well-4", "/well-5", "/well-6", "/well-7", "/well-8", "/well-9",
];

const SICK: [&str; 6] = [
    "/broken",
    "/busy",
    "/hang",
    "/close",
    "/gigabyte",
    "/elsewhere",
];

/// How many events are told of in each tenth of a second where the server has time to spare.
const A_TENTH: u32 = 5;

/// For how many tenths of a second.
const TENTHS: u32 = 100;

/// How much later a message may be because of others' receivers.
const MOST: f64 = 1.2;

/// Prints how fast deliveries go out to three healthy receivers beside six others, which are healthy or
/// not: as many as there can be, and how late each is where there are fewer.
pub(super) fn measure(events: u32) {
    let (among, beside) = paired(|others| deliveries_a_second(events, others));
    println!(
        "sending: {among:.0} deliveries/s to {} of {} healthy receivers, {beside:.0} if the others are sick: \
         {:+.0} % (medians of {ROUNDS} rounds of {events} events)",
        WELL.len(),
        WELL.len() + OTHERS.len(),
        (beside / among - 1.0) * 100.0,
    );
    let (among, beside) = paired(lateness);
    println!(
        "at {} events/s they have a message {among:.0} ms after its event, and {beside:.0} ms if the \
         others are sick: {:+.0} % (medians of {ROUNDS} rounds of medians)",
        A_TENTH * 10,
        (beside / among - 1.0) * 100.0,
    );
    assert!(
        beside / among < MOST,
        "healthy receivers wait for sick ones"
    );
}

/// The medians of what is measured beside healthy receivers and beside sick ones.
fn paired(measured: impl Fn(&[&str]) -> f64) -> (f64, f64) {
    let (mut among, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        among.push(measured(&OTHERS));
        beside.push(measured(&SICK));
    }
    (median(among), median(beside))
}

fn staged(others: &[&str]) -> (Stage, Receiver) {
    let (stage, receiver) = (Stage::durable(), Receiver::start());
    for path in WELL.iter().chain(others) {
        stage.endpoint(&receiver.url(path));
    }
    (stage, receiver)
}

/// How many deliveries a second healthy receivers get.
fn deliveries_a_second(events: u32, others: &[&str]) -> f64 {
    let (stage, receiver) = staged(others);
    tell_at_once(&mut stage.connection(), events);
    let urls = WELL.map(|path| receiver.url(path));
    let server = stage.serve();
    let took = seconds_of(|| stage.until_delivered(&urls, events));
    drop(server);
    f64::from(events) * 3.0 / took
}

#[derive(QueryableByName)]
struct Late {
    #[diesel(sql_type = Double)]
    milliseconds: f64,
}

const LATENESS: &str = "
    SELECT percentile_cont(0.5) WITHIN GROUP (
               ORDER BY extract(epoch FROM d.delivered_at - e.created_at) * 1000) AS milliseconds
    FROM webhook_deliveries d
    JOIN events e ON (e.org_id, e.id) = (d.org_id, d.event_id)
    JOIN webhook_endpoints w ON (w.org_id, w.id) = (d.org_id, d.endpoint_id)
    WHERE w.url SIMILAR TO '%/well-[123]'";

/// How many milliseconds after its event half of all messages are there.
fn lateness(others: &[&str]) -> f64 {
    let (stage, receiver) = staged(others);
    let server = stage.serve();
    let conn = &mut stage.connection();
    let began = Instant::now();
    for tenth in 1..=TENTHS {
        tell_at_once(conn, A_TENTH);
        let next = Duration::from_millis(100) * tenth;
        thread::sleep(next.saturating_sub(began.elapsed()));
    }
    let urls = WELL.map(|path| receiver.url(path));
    stage.until_delivered(&urls, A_TENTH * TENTHS);
    drop(server);
    let late: Late = diesel::sql_query(LATENESS)
        .get_result(conn)
        .expect("it was delivered");
    late.milliseconds
}
