//! Deliveries go out, to receivers that are well, and to others.
//!
//! `ORG_API_DELIVERED_EVENTS` sets how many events there are, and `ORG_API_DELIVERY_KILLS` how often the
//! server is killed meanwhile; `ORG_API_SEED` when.

mod accounts;
mod ending;
mod independent;
mod modes;
mod receiver;
mod stage;

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use self::accounts::Accounts;
use self::receiver::Receiver;
use self::stage::Stage;
use crate::moments::Moments;
use crate::server::PATIENCE;

/// Receivers that answer 200.
const WELL: [&str; 3] = ["/well-1", "/well-2", "/well-3"];

/// Receivers that do not.
const SICK: [&str; 7] = [
    "/broken",
    "/gone",
    "/busy",
    "/hang",
    "/close",
    "/gigabyte",
    "/elsewhere",
];

fn number(variable: &str, usual: u32) -> u32 {
    let wanted = std::env::var(variable);
    wanted.map_or(usual, |wanted| wanted.parse().expect("a number"))
}

#[test]
fn every_event_reaches_every_healthy_endpoint_however_often_the_server_is_killed() {
    let events = number("ORG_API_DELIVERED_EVENTS", 300);
    let kills = number("ORG_API_DELIVERY_KILLS", 3);
    let stage = Stage::durable();
    let receiver = Receiver::start();
    for path in WELL.iter().chain(&SICK) {
        stage.endpoint(&receiver.url(path));
    }
    let mut server = stage.serve();
    let mut moments = Moments::new();
    let server = thread::scope(|scope| {
        let telling = scope.spawn(|| stage.tell(events));
        for kill in 1..=kills {
            let some = u64::from(events) * u64::from(kill) / u64::from(kills + 1);
            until_heard(&receiver, some);
            moments.wait();
            server.signal(Signal::KILL);
            assert!(!server.ended_well());
            server = stage.serve();
        }
        telling.join().expect("the events are told");
        server
    });
    stage.until_delivered(WELL.map(|path| receiver.url(path)).as_slice(), events);
    server.signal(Signal::TERM);
    assert!(server.ended_well());
    let accounts = Accounts::read(&mut stage.connection());
    for path in WELL {
        accounts.balance_of_a_healthy_one(&receiver, path, events);
    }
    for path in SICK {
        accounts.balance_of_a_sick_one(&receiver, path, events);
    }
    println!("{events} events, {kills} kills: {accounts}");
}

/// Waits until every healthy endpoint has heard of so many events. It is given up when no more is heard.
fn until_heard(receiver: &Receiver, some: u64) {
    let heard = || {
        let heard = WELL.map(|path| receiver.seen(path, |seen| seen.messages.len() as u64));
        heard.into_iter().min().unwrap_or_default()
    };
    let (mut last, mut since) = (heard(), Instant::now());
    while last < some {
        thread::sleep(Duration::from_millis(5));
        let now = heard();
        if now > last {
            (last, since) = (now, Instant::now());
        }
        assert!(since.elapsed() < PATIENCE, "{last} of {some} are heard of");
    }
}
