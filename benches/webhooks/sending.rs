//! Deliveries on their way.

use crate::receiver::Receiver;
use crate::stage::Stage;
use crate::{seconds_of, tell_at_once};

const ROUNDS: u32 = 3;

const WELL: [&str; 3] = ["/well-1", "/well-2", "/well-3"];

const SICK: [&str; 6] = [
    "/broken",
    "/busy",
    "/hang",
    "/close",
    "/gigabyte",
    "/elsewhere",
];

/// Prints how fast deliveries go out to healthy receivers alone, and how fast to the same beside others
/// that are not.
pub(super) fn measure(events: u32) {
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(deliveries_a_second(events, &[]));
        beside.push(deliveries_a_second(events, &SICK));
    }
    let (alone, beside) = (crate::median(alone), crate::median(beside));
    println!(
        "sending: {alone:.0} deliveries/s to {} healthy receivers, {beside:.0} beside {} sick ones: \
         {:.0} % (medians of {ROUNDS} rounds of {events} events)",
        WELL.len(),
        SICK.len(),
        beside / alone * 100.0,
    );
}

/// How many deliveries a second healthy receivers get.
fn deliveries_a_second(events: u32, sick: &[&str]) -> f64 {
    let (stage, receiver) = (Stage::durable(), Receiver::start());
    for path in WELL.iter().chain(sick) {
        stage.endpoint(&receiver.url(path));
    }
    tell_at_once(&mut stage.connection(), events);
    let urls = WELL.map(|path| receiver.url(path));
    let server = stage.serve();
    let took = seconds_of(|| stage.until_delivered(&urls, events));
    drop(server);
    f64::from(events) * 3.0 / took
}
