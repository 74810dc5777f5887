//! PostgreSQL stands still: it answers nothing, refuses nothing, and is not gone.

use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::ground::{Ground, signal_all};
use super::stage::Stage;
use crate::client::{Answer, Asked, Client};
use crate::metrics::{scrape, watcher};
use crate::server::{PATIENCE, Server};
use crate::world::{Side, side};

const STANDS_STILL_FOR: Duration = Duration::from_secs(20);

/// How many requests come while it does, and how many of them have a place at the database: those wait for
/// its answer.
const REQUESTS: usize = 40;
const PLACES: usize = 16;

/// How long a request that has none may take: it waits two seconds for its turn, and again for what it asks
/// once its key is known. The rest is for a machine that is slow.
const REFUSED_WITHIN: Duration = Duration::from_secs(15);

/// How long whoever scrapes waits, as Prometheus usually does.
const SCRAPED_WITHIN: Duration = Duration::from_secs(10);

const WATCHED: &[&str] = &["--metrics-listen", "127.0.0.1:0"];

/// A server that has time to ask its database something while it stops, and then little to end.
const BRIEF: &[&str] = &[
    "--metrics-listen",
    "127.0.0.1:0",
    "--stop-delay-ms",
    "3000",
    "--stop-timeout-ms",
    "1000",
];

/// How long such a server may take to end: its own four seconds, five for whoever scrapes, five for what
/// works in the background, and what a slow machine takes.
const ENDS_WITHIN: Duration = Duration::from_secs(30);

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

/// Whether the figures say that the database answers. They come soon, whatever it does.
fn database_is_up(watcher: &Client) -> bool {
    let asked = Instant::now();
    let told = scrape(watcher);
    let took = asked.elapsed();
    assert!(took < SCRAPED_WITHIN, "the figures took {took:?}");
    told.value("org_api_database_up", &[]) > 0.0
}

/// Asks at once as often as is said, and answers how long each answer took.
fn ask_many(client: &Client, side: &Side) -> Vec<(Answer, Duration)> {
    thread::scope(|scope| {
        let ask = || {
            let since = Instant::now();
            let answer = client.get(&side.path("/works"), Some(&side.key));
            (answer, since.elapsed())
        };
        let asked: Vec<_> = (0..REQUESTS).map(|_| scope.spawn(ask)).collect();
        let answered = asked.into_iter().map(ScopedJoinHandle::join);
        answered.map(|one| one.expect("an answer")).collect()
    })
}

/// Those without a place at the database are refused soon, and those with one are answered in the end.
fn assert_refused_soon(answers: &[(Answer, Duration)]) {
    let refused = |(answer, took): &&(Answer, Duration)| {
        let soon = answer.status == 503 && *took < REFUSED_WITHIN;
        soon && answer.header("retry-after").is_some()
    };
    let soon = answers.iter().filter(refused).count();
    let took: Vec<_> = answers.iter().map(|(it, took)| (it.status, took)).collect();
    assert!(soon >= REQUESTS - PLACES, "{soon} refused soon: {took:?}");
    for (status, took) in took {
        assert!([200, 503].contains(&status), "{status} after {took:?}");
    }
}

#[test]
fn a_database_that_stands_still_is_waited_for_and_refusals_come_at_once() {
    let ground = Ground::new();
    let stage = Stage::new(&ground.url, Server::start_with(&ground.url, WATCHED));
    let (client, watcher) = (stage.server.client(), watcher(&stage.server));
    stage.endure("PostgreSQL stands still", |_, _| {
        let deadline = Instant::now() + PATIENCE;
        while !database_is_up(&watcher) {
            assert!(Instant::now() < deadline, "the figures do not recover");
        }
        let answers = thread::scope(|scope| {
            let stopped = Stopped::since_now(&ground);
            let since = Instant::now();
            let asking = scope.spawn(|| ask_many(&client, &stage.here));
            while since.elapsed() < STANDS_STILL_FOR {
                assert_eq!(client.get("/healthz", None).status, 200);
                assert_eq!(client.get("/readyz", None).status, 503);
                database_is_up(&watcher);
            }
            assert!(!database_is_up(&watcher));
            drop(stopped);
            asking.join().expect("answers")
        });
        assert_refused_soon(&answers);
    });
}

/// A server that knows an organization, and then asks a database that stands still.
fn stuck(ground: &Ground) -> (Server, Side, Stopped<'_>) {
    let side = side(&ground.url, "here-orchestra");
    let server = Server::start_with(&ground.url, BRIEF);
    let answer = server.client().get(&side.path("/works"), Some(&side.key));
    assert_eq!(answer.status, 200);
    (server, side, Stopped::since_now(ground))
}

#[test]
fn a_server_whose_database_stands_still_ends_and_says_what_it_has_left() {
    let ground = Ground::new();
    let (server, side, _stopped) = stuck(&ground);
    let (client, watcher) = (server.client(), watcher(&server));
    let path = side.path("/works");
    thread::scope(|scope| {
        let asked = Asked::of("GET", &path, Some(&side.key));
        // It may be cut off without an answer.
        scope.spawn(move || client.try_to_send(&asked).is_ok());
        let surface = [("surface", "api")];
        let deadline = Instant::now() + PATIENCE;
        while scrape(&watcher).value("org_api_http_requests_in_flight", &surface) < 1.0 {
            assert!(Instant::now() < deadline, "nothing is asked");
        }
        let told = Instant::now();
        server.signal(Signal::TERM);
        let (status, said) = server.end(|_| ());
        let took = told.elapsed();
        assert!(took < ENDS_WITHIN, "{took:?}");
        assert_eq!(status.code(), Some(1), "{said:#?}");
        let left = said
            .iter()
            .any(|line| line.contains("\"work\":\"fan-out\""));
        assert!(left, "{said:#?}");
    });
}

#[test]
fn a_further_signal_ends_a_server_that_waits_for_its_database() {
    let ground = Ground::new();
    let (server, _, _stopped) = stuck(&ground);
    server.signal(Signal::TERM);
    server.until_it_says("stopped serving");
    let (status, said) = server.end(|server| server.signal(Signal::INT));
    assert_eq!(status.code(), Some(1), "{said:#?}");
    let last = said.last().expect("it said something");
    assert!(last.contains("another signal"), "{said:#?}");
}
