//! The windows against a naive model, under threads, and under a clock that is set back.

use std::collections::HashMap;
use std::thread::{self, ScopedJoinHandle};

use org_kernel::clock::FrozenClock;
use proptest::prelude::*;
use time::Duration;

use super::*;
use crate::testing::{clock, now};

fn windows() -> (Arc<FrozenClock>, Windows<u8>) {
    let clock = clock();
    (Arc::clone(&clock), Windows::new(clock))
}

/// Every request that a key ever made, from which the rule is worked out anew each time.
#[derive(Default)]
struct Naive(HashMap<u8, Vec<i64>>);

impl Naive {
    /// When the present window began, and how many requests came in it before this one.
    fn request(&mut self, key: u8, now: i64) -> (i64, u32) {
        let requests = self.0.entry(key).or_default();
        requests.push(now);
        let mut began = requests[0];
        let mut before = 0;
        for at in &requests[1..] {
            if *at >= began + 60_000 {
                (began, before) = (*at, 0);
            } else {
                before += 1;
            }
        }
        (began, before)
    }
}

proptest! {
    #[test]
    fn the_windows_are_those_of_the_naive_model(
        requests in prop::collection::vec((0..25_000_i64, 0..3_u8), 1..80),
        limit in 1..6_u32,
    ) {
        let (clock, windows) = windows();
        let mut naive = Naive::default();
        for (pause, key) in requests {
            clock.advance(Duration::milliseconds(pause));
            let now = clock.now().unix_milliseconds();
            let (began, before) = naive.request(key, now);
            let standing = windows.take(key, limit);
            prop_assert_eq!(standing.is_admitted(), before < limit);
            prop_assert_eq!(standing.limit, limit);
            prop_assert_eq!(standing.remaining, limit.saturating_sub(before + 1));
            let reset = standing.reset * 1000;
            prop_assert!((began + 60_000..began + 61_000).contains(&reset));
        }
    }

    #[test]
    fn retry_after_is_the_shortest_wait_that_lets_one_in(elapsed in 0..60_000_i64) {
        let (clock, windows) = windows();
        assert!(windows.take(0, 1).is_admitted());
        clock.advance(Duration::milliseconds(elapsed));
        let wait = windows.take(0, 1).retry_after.expect("the limit is reached");
        prop_assert!(wait >= 1);
        clock.advance(Duration::seconds(i64::from(wait) - 1));
        prop_assert!(!windows.take(0, 1).is_admitted());
        clock.advance(Duration::SECOND);
        prop_assert!(windows.take(0, 1).is_admitted());
    }
}

#[test]
fn a_window_begins_with_the_first_request_after_the_last_ended() {
    let (clock, windows) = windows();
    let began = windows.take(0, 2).reset;
    assert_eq!(began, now().to_utc().unix_timestamp() + 60);
    clock.advance(Duration::seconds(90));
    assert_eq!(windows.take(0, 2).reset, began + 90);
}

#[test]
fn a_burst_of_threads_never_passes_the_limit() {
    let (_, windows) = windows();
    let burst = || {
        (0..125)
            .filter(|_| windows.take(0, 1000).is_admitted())
            .count()
    };
    let admitted: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..32).map(|_| scope.spawn(burst)).collect();
        let finished = threads.into_iter().map(ScopedJoinHandle::join);
        finished.map(|count| count.expect("no panic")).sum()
    });
    assert_eq!(admitted, 1000);
}

#[test]
fn a_limit_that_was_lowered_meanwhile_leaves_nothing_and_does_not_wrap() {
    let (_, windows) = windows();
    for _ in 0..5 {
        windows.take(0, 5);
    }
    let standing = windows.take(0, 2);
    assert_eq!((standing.remaining, standing.is_admitted()), (0, false));
}

#[test]
fn a_clock_set_back_gives_no_requests_and_no_longer_wait() {
    let (clock, windows) = windows();
    windows.take(0, 1);
    clock.advance(Duration::hours(-1));
    assert_eq!(windows.take(0, 1).retry_after, Some(60));
    clock.advance(Duration::MINUTE);
    assert!(windows.take(0, 1).is_admitted());
}

/// Requests of one key, as many as a round of sweeping takes.
fn a_round(windows: &Windows<u32>) {
    for _ in 0..parts::PARTS {
        windows.take(u32::MAX, u32::MAX);
    }
}

#[test]
fn a_million_idle_keys_are_forgotten_a_few_at_a_time() {
    const KEYS: u32 = 1_000_000;
    let clock = clock();
    let windows = Windows::new(Arc::clone(&clock) as _);
    for key in 0..KEYS {
        windows.take(key, 1);
    }
    assert_eq!(windows.len(), KEYS as usize);
    clock.advance(Duration::MINUTE);
    for _ in 0..parts::PARTS {
        let before = windows.len();
        windows.take(u32::MAX, u32::MAX);
        let forgotten = before + 1 - windows.len();
        assert!(
            forgotten < KEYS as usize / 32,
            "one request forgot {forgotten}"
        );
    }
    assert_eq!(windows.len(), 1, "all but the one that is asked for now");
}

#[test]
fn windows_that_are_open_survive_the_sweep() {
    let clock = clock();
    let windows = Windows::new(Arc::clone(&clock) as _);
    for key in 0..100 {
        windows.take(key, 1);
    }
    clock.advance(Duration::seconds(30));
    for key in 100..200 {
        windows.take(key, 1);
    }
    clock.advance(Duration::seconds(30));
    a_round(&windows);
    assert!((0..100).all(|key| !windows.remembers(&key)));
    assert!((100..200).all(|key| !windows.take(key, 1).is_admitted()));
    assert_eq!(windows.len(), 101);
}

/// Sweeping must lose no request of a window that is open, whoever sweeps.
#[test]
fn a_burst_in_the_middle_of_sweeping_is_exact() {
    let clock = clock();
    let windows = Windows::new(Arc::clone(&clock) as _);
    for key in 0..10_000 {
        windows.take(key, 1);
    }
    clock.advance(Duration::MINUTE);
    let admitted: usize = thread::scope(|scope| {
        let burst = || {
            let keys = (0..3_200).map(|number| number % 8);
            keys.filter(|key| windows.take(*key, 100).is_admitted())
                .count()
        };
        let threads: Vec<_> = (0..32).map(|_| scope.spawn(burst)).collect();
        let finished = threads.into_iter().map(ScopedJoinHandle::join);
        finished.map(|count| count.expect("no panic")).sum()
    });
    assert_eq!((admitted, windows.len()), (800, 8));
}
