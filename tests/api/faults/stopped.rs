//! PostgreSQL stands still: it answers nothing, refuses nothing, and is not gone.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::ground::{Ground, signal_all};
use super::stage::Stage;
use crate::server::Server;

const STANDS_STILL_FOR: Duration = Duration::from_secs(20);

/// Goes on even when the test fails: what is stopped could not be ended.
struct Stopped<'a>(&'a Ground);

impl<'a> Stopped<'a> {
    fn since_now(ground: &'a Ground) -> Self {
        signal_all(&ground.processes(), Signal::STOP);
        Self(ground)
    }
}

impl Drop for Stopped<'_> {
    fn drop(&mut self) {
        signal_all(&self.0.processes(), Signal::CONT);
    }
}

#[test]
fn a_database_that_stands_still_is_waited_for_and_refusals_come_at_once() {
    let ground = Ground::new();
    let stage = Stage::new(&ground.url, Server::start(&ground.url));
    let client = stage.server.client();
    stage.endure("PostgreSQL stands still", |_, readers| {
        let _stopped = Stopped::since_now(&ground);
        let since = Instant::now();
        while since.elapsed() < STANDS_STILL_FOR {
            assert_eq!(client.get("/healthz", None).status, 200);
            assert_eq!(client.get("/readyz", None).status, 503);
        }
        // All connections are taken by then, and there are more questions than that.
        readers.until_refused(1);
    });
}
