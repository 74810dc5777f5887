//! A Redis that is away, comes back, is late, or lets nobody in.

use std::time::Instant;

use futures_util::future;
use org_auth::rate::Heard;
use org_shared_limits::testing::TestRedis;
use org_shared_limits::{Figures, NotConnected, SharedLimits, is_url};

use super::{HURRIED, PATIENT, connect, heard, taken, until, window};

/// A count that may not be read is a count all the same.
#[tokio::test]
async fn a_redis_that_lets_nobody_read_is_away() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    taken(&limits, 10).await;
    redis.ask::<()>(&["ACL", "SETUSER", "default", "-get"]);
    assert_eq!(heard(&limits, 10).await, Heard::Away);
    redis.ask::<()>(&["ACL", "SETUSER", "default", "+get"]);
    until(&limits, false).await;
    assert!(taken(&limits, 1_000_000).await.used > 1);
}

#[tokio::test]
async fn a_redis_that_forgot_the_script_is_told_it_again() {
    let redis = TestRedis::start();
    let limits = connect(&redis);
    taken(&limits, 10).await;
    redis.ask::<()>(&["SCRIPT", "FLUSH"]);
    assert_eq!(taken(&limits, 10).await.used, 2);
}

#[tokio::test]
async fn a_redis_that_was_killed_is_gone_on_with_when_it_is_back() {
    let mut redis = TestRedis::start();
    let limits = connect(&redis);
    taken(&limits, 10).await;
    redis.kill();
    until(&limits, true).await;
    assert_eq!(heard(&limits, 10).await, Heard::Away);
    redis.start_again();
    until(&limits, false).await;
    let count: u32 = redis.ask(&["GET", &window()]);
    assert_eq!(taken(&limits, 1_000_000).await.used, count + 1);
    assert!(limits.figures().fallbacks >= 2);
}

#[tokio::test]
async fn a_redis_that_hangs_keeps_nobody() {
    let redis = TestRedis::start();
    let limits = SharedLimits::connect(&redis.url(), HURRIED).expect("a URL");
    until(&limits, false).await;
    redis.freeze();
    until(&limits, true).await;
    let began = Instant::now();
    for _ in 0..1000 {
        assert_eq!(heard(&limits, 10).await, Heard::Away);
    }
    let took = began.elapsed();
    assert!(took < HURRIED * 100, "nobody waits any more: {took:?}");
    redis.thaw();
    until(&limits, false).await;
}

#[tokio::test]
async fn a_redis_that_was_not_there_at_the_start_is_found() {
    let mut redis = TestRedis::start();
    redis.kill();
    let limits = connect(&redis);
    assert_eq!(heard(&limits, 10).await, Heard::Away);
    let alone = Figures {
        shared: 0,
        fallbacks: 1,
        away: true,
    };
    assert_eq!(limits.figures(), alone);
    redis.start_again();
    until(&limits, false).await;
}

#[tokio::test]
async fn a_password_is_shown_to_whoever_wants_it() {
    let redis = TestRedis::start_with_password("sesame");
    let limits = connect(&redis);
    assert_eq!(taken(&limits, 10).await.used, 1);
    for url in [
        redis.url_without_password(),
        redis.url_without_password() + "?pass=wrong",
    ] {
        let refused = SharedLimits::connect(&url, PATIENT).expect("a URL");
        assert_eq!(heard(&refused, 10).await, Heard::Away);
        assert!(refused.figures().away);
    }
}

/// One that may be asked and does not count is as good as none.
#[tokio::test]
async fn a_redis_that_does_not_write_is_away() {
    let redis = TestRedis::start();
    redis.ask::<()>(&["REPLICAOF", "127.0.0.1", "1"]);
    let limits = connect(&redis);
    assert_eq!(heard(&limits, 10).await, Heard::Away);
    redis.ask::<()>(&["REPLICAOF", "NO", "ONE"]);
    until(&limits, false).await;
}

#[tokio::test]
async fn a_late_answer_takes_redis_from_nobody_else() {
    let redis = TestRedis::start();
    let limits = SharedLimits::connect(&redis.url(), HURRIED).expect("a URL");
    until(&limits, false).await;
    // As many at once as there are: it is one stall, whoever meets it.
    for _ in 0..2 {
        redis.freeze();
        let all = (0..32).map(|_| heard(&limits, 1_000_000));
        for heard in future::join_all(all).await {
            assert_eq!(heard, Heard::Late);
        }
        redis.thaw();
    }
    assert!(!limits.figures().away);
    until(&limits, false).await;
}

#[test]
fn what_is_no_url_is_refused_and_not_repeated() {
    for url in ["", "secret", "http://:secret@127.0.0.1", "redis://:secret@"] {
        let refused = SharedLimits::connect(url, HURRIED).err().expect(url);
        assert!(matches!(refused, NotConnected::NoUrl), "{url}");
        assert!(!is_url(url));
        assert!(!refused.to_string().contains("secret"));
    }
}

#[test]
fn a_redis_that_speaks_no_tls_is_away() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("rediss://{}", listener.local_addr().expect("an address"));
    let hanging_up = std::thread::spawn(move || listener.accept().map(drop));
    let limits = SharedLimits::connect(&url, HURRIED).expect("a URL");
    assert!(limits.figures().away);
    hanging_up.join().expect("no panic").expect("it was called");
}
