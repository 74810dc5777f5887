//! What a window in Redis counts.

use std::time::Instant;

use org_auth::rate::{Counted, Heard, Known, SharedCounts, Taken};
use org_shared_limits::testing::TestRedis;

use super::{PATIENT, connect, taken, taken_knowing, window};

#[tokio::test]
async fn a_window_begins_with_the_first_request_after_the_last_ended() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    let first = taken(&limits, 2).await;
    assert_eq!((first.admitted, first.used, first.left), (true, 1, 60_000));
    taken(&limits, 2).await;
    let refused = taken(&limits, 2).await;
    assert_eq!((refused.admitted, refused.used), (false, 2));
    assert!(refused.left <= 60_000 && refused.now >= first.now);
    let left: u32 = redis.ask(&["PTTL", &window()]);
    assert!((1..=refused.left).contains(&left), "it goes by itself");
    redis.ask::<()>(&["PEXPIRE", &window(), "1"]);
    let deadline = Instant::now() + PATIENT;
    let again = loop {
        let again = taken(&limits, 2).await;
        if again.admitted {
            break again;
        }
        assert!(again.left <= 1 && Instant::now() < deadline);
    };
    assert_eq!((again.used, again.left), (1, 60_000));
}

#[tokio::test]
async fn a_lowered_limit_counts_nothing_more_and_other_windows_are_others() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    for _ in 0..5 {
        taken(&limits, 5).await;
    }
    let lowered = taken(&limits, 2).await;
    assert_eq!((lowered.admitted, lowered.used), (false, 5));
    let other = Counted::FailedAttempts(None);
    let other = limits.take(other, 2, Known::default()).await;
    assert!(
        matches!(other, Heard::Taken(Taken { used: 1, .. })),
        "{other:?}"
    );
}

#[tokio::test]
async fn a_window_without_an_end_gets_one_and_keeps_its_count() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    taken(&limits, 10).await;
    for spoilt in [
        &["PERSIST", &window()][..],
        &["PEXPIRE", &window(), "9000000"],
    ] {
        redis.ask::<()>(spoilt);
        assert_eq!(taken(&limits, 10).await.left, 60_000, "{spoilt:?}");
    }
    assert_eq!(taken(&limits, 10).await.used, 4);
}

/// It is nobody's count, and would keep every key from being counted together.
#[tokio::test]
async fn what_stands_in_the_place_of_a_window_and_is_none_gives_way() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    let others: [&[&str]; 6] = [
        &["RPUSH", "1", "2"],
        &["SET", "many"],
        &["SET", "-3"],
        &["SET", "0.5"],
        &["SET", "007"],
        &["SET", "4294967296"],
    ];
    for other in others {
        redis.ask::<()>(&["DEL", &window()]);
        redis.ask::<()>(&[&[other[0], &window()], &other[1..]].concat());
        let known = Known {
            used: 3,
            alone: 0,
            left: 20_000,
        };
        let first = taken_knowing(&limits, 10, known).await;
        assert_eq!((first.used, first.left), (4, 20_000), "{other:?}");
        assert_eq!(taken(&limits, 10).await.used, 5, "{other:?}");
        assert_eq!(limits.figures().fallbacks, 0);
    }
}

#[tokio::test]
async fn the_largest_count_is_one() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    redis.ask::<()>(&["SET", &window(), &u32::MAX.to_string()]);
    let refused = taken(&limits, 10).await;
    assert_eq!((refused.admitted, refused.used), (false, u32::MAX));
}

#[tokio::test]
async fn what_was_let_in_elsewhere_is_counted_and_never_beyond_the_limit() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    taken(&limits, 10).await;
    let known = |used, alone| Known {
        used,
        alone,
        left: 50_000,
    };
    let brought = taken_knowing(&limits, 10, known(5, 4)).await;
    assert_eq!((brought.admitted, brought.used), (true, 6));
    assert!(brought.left > 50_000, "the window is the one that it was");
    let refused = taken_knowing(&limits, 10, known(10, 0)).await;
    assert_eq!((refused.admitted, refused.used), (false, 6));
    let refused = taken_knowing(&limits, 10, known(9, 9)).await;
    assert_eq!((refused.admitted, refused.used), (false, 10));
    let lowered = taken_knowing(&limits, 3, known(2, 2)).await;
    assert_eq!((lowered.admitted, lowered.used), (false, 10));
}

#[tokio::test]
async fn a_window_that_redis_has_forgotten_goes_on_as_a_server_knows_it() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    let known = Known {
        used: 5,
        alone: 4,
        left: 50_000,
    };
    let taken = taken_knowing(&limits, 10, known).await;
    assert_eq!((taken.admitted, taken.used, taken.left), (true, 6, 50_000));
    let left: u32 = redis.ask(&["PTTL", &window()]);
    assert!((1..=50_000).contains(&left));
}
