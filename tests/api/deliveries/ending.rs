//! A server that sends is told to stop.

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::receiver::Receiver;
use super::stage::Stage;
use crate::server::PATIENCE;

/// The first signal ends what is begun; nobody who sends another one waits for a receiver that hangs, for
/// which a server waits for fifteen seconds.
#[test]
fn at_a_second_signal_a_server_waits_for_no_receiver() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    stage.endpoint(&receiver.url("/hang"));
    let server = stage.serve();
    stage.tell(1);
    let begun = Instant::now();
    while receiver.seen("/hang", |seen| seen.total) == 0 {
        assert!(begun.elapsed() < PATIENCE, "nothing is sent");
        thread::sleep(Duration::from_millis(5));
    }
    let posted = Instant::now();
    server.signal(Signal::TERM);
    server.until_it_says("waiting for deliveries that are being sent");
    server.signal_until_it_says(Signal::TERM, "cut off");
    assert!(server.ended_well());
    let took = posted.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
}
