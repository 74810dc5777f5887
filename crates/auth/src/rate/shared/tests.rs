//! What a server makes of shared counts, and of their absence.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use org_kernel::clock::FrozenClock;
use time::Duration;

use super::*;
use crate::rate::{FailedAttempts, OwnLimits, PerMinute, RequestLimits};
use crate::testing::{clock, key_id, now};

/// Answers the same until it is told otherwise, and keeps the names that it was asked for.
#[derive(Default)]
struct Told {
    answer: Mutex<Option<Taken>>,
    asked: Mutex<Vec<String>>,
}

impl Told {
    fn tell(&self, answer: impl Into<Option<Taken>>) {
        *self.answer.lock().expect("nobody panicked") = answer.into();
    }
}

impl SharedCounts for Told {
    fn take(&self, counted: Counted, _: u32) -> Taking<'_> {
        let mut asked = self.asked.lock().expect("nobody panicked");
        asked.push(counted.to_string());
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
        let limits = OwnLimits {
            reads: PerMinute::new(10).ok(),
            ..OwnLimits::default()
        };
        done(self.requests.count(key_id(1), limits, Class::Read))
    }

    fn told(&self, answer: impl Into<Option<Taken>>) -> Standing {
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
    let refused = Taken {
        admitted: false,
        ..taken(10, 1)
    };
    let standing = server.told(Some(refused));
    assert_eq!((standing.remaining, standing.retry_after), (0, Some(1)));
}

#[test]
fn a_window_is_never_told_to_be_longer_than_it_can_be_or_over() {
    let server = Server::new();
    assert_eq!(server.told(taken(1, u32::MAX)).resets_in, 60);
    assert_eq!(server.told(taken(1, 0)).resets_in, 1);
}

#[test]
fn a_server_that_is_left_alone_goes_on_from_where_all_stood() {
    let server = Server::new();
    assert_eq!(server.told(taken(8, 30_000)).remaining, 2);
    let alone: Vec<_> = (0..3).map(|_| server.told(None)).collect();
    assert_eq!(alone[1].remaining, 0);
    assert_eq!(alone[2].retry_after, Some(30));
    server.clock.advance(Duration::seconds(30));
    assert_eq!(server.told(None).remaining, 9, "the window has ended");
}

#[test]
fn a_late_answer_takes_nothing_back() {
    let server = Server::new();
    server.told(taken(8, 30_000));
    server.told(taken(5, 30_010));
    assert_eq!(server.told(None).remaining, 1, "of one window the larger");
    server.told(taken(3, 59_000));
    server.told(taken(10, 100));
    assert_eq!(server.told(None).remaining, 6, "of two the later");
}

#[test]
fn a_window_of_a_clock_that_was_ahead_is_given_up() {
    let server = Server::new();
    server.told(taken(8, 60_000));
    server.clock.advance(Duration::hours(-1));
    server.told(taken(9, 30_000));
    let alone = server.told(None);
    assert_eq!((alone.remaining, alone.resets_in), (0, 30));
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
        *told.asked.lock().expect("nobody panicked"),
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
    let asked = told.asked.lock().expect("nobody panicked");
    let others = asked.iter().filter(|name| *name == "failed:others");
    assert_eq!(others.count(), 10);
}
