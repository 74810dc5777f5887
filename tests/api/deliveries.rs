//! Deliveries go out, to receivers that are well, and to others.
//!
//! `ORG_API_DELIVERED_EVENTS` sets how many events there are, and `ORG_API_DELIVERY_KILLS` how often one of
//! the two servers is killed meanwhile; `ORG_API_SEED` when.

mod accounts;
mod ending;
mod independent;
mod modes;
pub(crate) mod receiver;
pub(crate) mod stage;

use std::collections::VecDeque;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use self::accounts::Accounts;
use self::receiver::Receiver;
use self::stage::Stage;
use crate::moments::Moments;
use crate::server::{PATIENCE, Server};

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

/// How many attempts a server makes at one endpoint at once.
const AT_ONCE: u64 = 8;

/// How long an attempt at a receiver takes that never answers.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(15);

fn number(variable: &str, usual: u32) -> u32 {
    let wanted = std::env::var(variable);
    wanted.map_or(usual, |wanted| wanted.parse().expect("a number"))
}

#[test]
fn every_event_reaches_every_healthy_endpoint_however_often_servers_are_killed() {
    let events = number("ORG_API_DELIVERED_EVENTS", 300);
    let kills = number("ORG_API_DELIVERY_KILLS", 3);
    let stage = Stage::durable();
    let receiver = Receiver::start();
    for path in WELL.iter().chain(&SICK) {
        stage.endpoint(&receiver.url(path));
    }
    let began = Instant::now();
    let mut servers = VecDeque::from([stage.serve(), stage.serve()]);
    thread::scope(|scope| {
        let telling = scope.spawn(|| stage.tell(events));
        kill_in_turns(&stage, &receiver, &mut servers, events, kills);
        telling.join().expect("the events are told");
    });
    stage.until_delivered(WELL.map(|path| receiver.url(path)).as_slice(), events);
    hold_to_its_share(&receiver, kills, began);
    for server in &servers {
        server.signal(Signal::TERM);
    }
    for server in servers {
        assert!(server.ended_well());
    }
    let accounts = Accounts::read(&mut stage.connection());
    for path in WELL {
        accounts.balance_of_a_healthy_one(&receiver, path, events);
    }
    for path in SICK {
        accounts.balance_of_a_sick_one(&receiver, path, events);
    }
    println!("{events} events, {kills} kills: {accounts}");
}

/// Kills the server that has been there for longest, and starts another one beside the one that is left,
/// as often as this, while events are heard of.
fn kill_in_turns(
    stage: &Stage,
    receiver: &Receiver,
    servers: &mut VecDeque<Server>,
    events: u32,
    kills: u32,
) {
    let mut moments = Moments::new();
    for kill in 1..=kills {
        let some = u64::from(events) * u64::from(kill) / u64::from(kills + 1);
        until_heard(receiver, some);
        moments.wait();
        let server = servers.pop_front().expect("two are there");
        server.signal(Signal::KILL);
        assert!(!server.ended_well());
        servers.push_back(stage.serve());
    }
}

/// Holds that a receiver which never answers has had its slots, and none of the others'.
///
/// A server has so many slots for it, and each is taken for as long as an attempt takes to be given up:
/// once at the server's start, and once more for each time that this has passed. Two servers are there at
/// once, and each kill makes one more. A sender without shares would have tried every event by now.
fn hold_to_its_share(receiver: &Receiver, kills: u32, began: Instant) {
    let tried = receiver.seen("/hang", |seen| seen.total);
    let again = 2 * (began.elapsed().as_secs() / GIVEN_UP_AFTER.as_secs() + 1);
    let share = AT_ONCE * (2 + u64::from(kills) + again);
    assert!(tried > 0, "nothing has kept the healthy ones waiting");
    assert!(tried <= share, "{tried} attempts at /hang, of {share}");
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
