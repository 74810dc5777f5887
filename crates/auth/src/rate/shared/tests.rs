//! What a server makes of shared counts, and of their absence.

mod model;

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use org_kernel::clock::FrozenClock;
use time::Duration;

use super::*;
use crate::rate::{FailedAttempts, OwnLimits, PerMinute, RequestLimits, Standing};
use crate::testing::{clock, key_id, now};

/// Answers the same until it is told otherwise, and keeps the names that it was asked for, and what was known.
struct Told {
    answer: Mutex<Heard>,
    asked: Mutex<Vec<(String, Known)>>,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            answer: Mutex::new(Heard::Away),
            asked: Mutex::default(),
        }
    }
}

impl Told {
    fn tell(&self, answer: impl Into<Heard>) {
        *self.answer.lock().expect("nobody panicked") = answer.into();
    }

    /// The names that it was asked for.
    fn names(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("nobody panicked");
        asked.iter().map(|(name, _)| name.clone()).collect()
    }

    /// What was known to whoever asked last: how many were used, how many alone, and what was left.
    fn known(&self) -> (u32, u32, u32) {
        let asked = self.asked.lock().expect("nobody panicked");
        let (_, known) = asked.last().expect("a request");
        (known.used, known.alone, known.left)
    }
}

impl From<Taken> for Heard {
    fn from(taken: Taken) -> Self {
        Self::Taken(taken)
    }
}

impl SharedCounts for Told {
    fn take(&self, counted: Counted, _: u32, known: Known) -> Taking<'_> {
        let mut asked = self.asked.lock().expect("nobody panicked");
        asked.push((counted.to_string(), known));
        let answer = *self.answer.lock().expect("nobody panicked");
        Box::pin(std::future::ready(answer))
    }
}

/// A window that has let `used` in and ends after `left` milliseconds, by a clock that is an hour ahead.
fn taken(used: u32, left: u32) -> Taken {
    Taken {
        admitted: true,
        used,
        left,
        now: now().unix_milliseconds() + 3_600_000,
    }
}

/// What comes of something that waits for nothing.
fn done<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits"),
    }
}

struct Server {
    clock: Arc<FrozenClock>,
    told: Arc<Told>,
    requests: RequestLimits,
}

impl Server {
    fn new() -> Self {
        let (clock, told) = (clock(), Arc::<Told>::default());
        let requests = RequestLimits::new(clock.clone(), Some(told.clone()));
        Self {
            clock,
            told,
            requests,
        }
    }

    /// A request of a key that has ten reads a minute.
    fn request(&self) -> Standing {
        self.request_of(1)
    }

    fn request_of(&self, key: u8) -> Standing {
        let limits = OwnLimits {
            reads: PerMinute::new(10).ok(),
            ..OwnLimits::default()
        };
        done(self.requests.count(key_id(key.into()), limits, Class::Read))
    }

    fn told(&self, answer: impl Into<Heard>) -> Standing {
        self.told.tell(answer);
        self.request()
    }
}

#[test]
fn what_the_servers_share_is_what_a_client_is_told() {
    let server = Server::new();
    let standing = server.told(taken(4, 20_001));
    let by_their_clock = now().to_utc().unix_timestamp() + 3_600 + 21;
    assert_eq!(
        standing,
        Standing {
            limit: 10,
            remaining: 6,
            reset: by_their_clock,
            resets_in: 21,
            retry_after: None,
        }
    );
    server.clock.advance(Duration::seconds(20));
    let refused = Taken {
        admitted: false,
        ..taken(10, 1)
    };
    let standing = server.told(refused);
    assert_eq!((standing.remaining, standing.retry_after), (0, Some(1)));
}

#[test]
fn a_window_is_never_told_to_be_longer_than_it_can_be_or_over() {
    let resets_in = |left| Server::new().told(taken(1, left)).resets_in;
    assert_eq!((resets_in(u32::MAX), resets_in(0)), (60, 1));
}

#[test]
fn a_server_that_is_left_alone_goes_on_from_where_all_stood() {
    let server = Server::new();
    assert_eq!(server.told(taken(8, 30_000)).remaining, 2);
    let alone: Vec<_> = (0..3).map(|_| server.told(Heard::Away)).collect();
    assert_eq!(alone[1].remaining, 0);
    assert_eq!(alone[2].retry_after, Some(30));
    server.clock.advance(Duration::seconds(30));
    assert_eq!(
        server.told(Heard::Away).remaining,
        9,
        "the window has ended"
    );
}

#[test]
fn a_late_answer_takes_nothing_back() {
    let server = Server::new();
    server.told(taken(8, 30_000));
    server.told(taken(5, 30_010));
    assert_eq!(
        server.told(Heard::Away).remaining,
        1,
        "of one window the larger"
    );
    server.clock.advance(Duration::seconds(30));
    server.told(taken(3, 59_000));
    server.told(taken(10, 100));
    assert_eq!(server.told(Heard::Away).remaining, 6, "of two the later");
}

#[test]
fn a_window_of_a_clock_that_was_ahead_is_given_up() {
    let server = Server::new();
    server.told(taken(8, 60_000));
    server.clock.advance(Duration::hours(-1));
    server.told(taken(9, 30_000));
    let alone = server.told(Heard::Away);
    assert_eq!((alone.remaining, alone.resets_in), (0, 30));
}

#[test]
fn an_answer_that_lets_in_what_this_server_has_used_up_is_refused() {
    let server = Server::new();
    server.told(taken(1, 30_000));
    for _ in 0..9 {
        assert!(server.told(Heard::Late).is_admitted());
    }
    let refused = server.told(taken(2, 29_999));
    assert_eq!((refused.remaining, refused.retry_after), (0, Some(30)));
    server.clock.advance(Duration::seconds(30));
    assert_eq!(server.told(taken(1, 60_000)).remaining, 9);
}

#[test]
fn what_was_let_in_alone_is_brought_once_and_what_was_asked_is_not() {
    let server = Server::new();
    server.told(taken(4, 30_000));
    server.told(Heard::Away);
    assert_eq!(server.told.known(), (4, 0, 30_000));
    server.told(Heard::Away);
    assert_eq!(server.told.known(), (5, 1, 30_000));
    server.told(Heard::Late);
    assert_eq!(server.told.known(), (6, 2, 30_000), "it was not heard");
    server.told(taken(8, 30_000));
    assert_eq!(server.told.known(), (7, 0, 30_000), "it may have been");
    server.told(Heard::Away);
    server.clock.advance(Duration::seconds(29));
    server.told(taken(9, 1_000));
    assert_eq!(server.told.known(), (0, 0, 0), "others know when it ends");
}

/// The others' window began without this server, which began one of its own meanwhile.
#[test]
fn windows_that_are_apart_hold_each_for_itself() {
    let server = Server::new();
    for _ in 0..9 {
        server.told(Heard::Away);
    }
    let last = server.told(taken(2, 20_000));
    assert_eq!((last.remaining, last.resets_in), (0, 60));
    assert!(last.is_admitted());
    server.clock.advance(Duration::seconds(20));
    let refused = server.told(taken(1, 60_000));
    assert_eq!(refused.retry_after, Some(60));
    server.clock.advance(Duration::seconds(40));
    for _ in 0..200 {
        server.request_of(2);
    }
    let next = server.told(taken(3, 20_000));
    assert_eq!((next.remaining, next.is_admitted()), (7, true));
    for _ in 0..9 {
        server.told(taken(3, 20_000));
    }
    server.clock.advance(Duration::seconds(20));
    let refused = server.told(taken(1, 60_000));
    assert!(
        !refused.is_admitted(),
        "windows of one server never overlap"
    );
}

#[test]
fn each_has_a_name_of_its_own() {
    let (clock, told) = (clock(), Arc::<Told>::default());
    let requests = RequestLimits::new(clock.clone(), Some(told.clone()));
    let failed = FailedAttempts::new(clock, Some(told.clone()));
    for class in [Class::Read, Class::Write] {
        done(requests.count(key_id(1), OwnLimits::default(), class));
    }
    for address in ["::ffff:192.0.2.1", "2001:db8:1:2:3::4"] {
        done(failed.count(address.parse().expect("an address")));
    }
    let key = key_id(1);
    assert_eq!(
        told.names(),
        [
            format!("requests:{key}:read"),
            format!("requests:{key}:write"),
            "failed:192.0.2.1".to_owned(),
            "failed:2001:db8:1:2::".to_owned(),
        ]
    );
}

/// However many addresses an attacker has, they leave a bounded number of names in what is shared.
#[test]
fn addresses_that_are_not_told_apart_share_a_name() {
    let told = Arc::<Told>::default();
    let failed = FailedAttempts::new(clock(), Some(told.clone()));
    for number in 0..100_010_u32 {
        let address = std::net::Ipv4Addr::from_bits(number);
        told.tell(taken(1, 60_000));
        done(failed.count(address.into()));
    }
    let asked = told.names();
    let others = asked.iter().filter(|name| *name == "failed:others");
    assert_eq!(others.count(), 10);
}
