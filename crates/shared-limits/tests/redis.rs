//! The adapter against a real Redis, which is killed, stopped and emptied under it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future;
use org_auth::rate::{
    Class, Counted, Heard, Known, OwnLimits, PerMinute, RequestLimits, SharedCounts, Taken,
};
use org_kernel::clock::SystemClock;
use org_kernel::id::KeyId;
use org_shared_limits::testing::TestRedis;
use org_shared_limits::{Figures, NotConnected, SharedLimits, is_url};
use tokio::task::JoinSet;

/// Long enough for a busy machine.
const PATIENT: Duration = Duration::from_secs(20);

/// As short as a server's.
const HURRIED: Duration = Duration::from_millis(50);

const KEY: Counted = Counted::Requests(KeyId::new(uuid::Uuid::from_u128(7)), Class::Read);

/// What the windows of [`KEY`] are called in Redis.
fn window() -> String {
    format!("org-api:limit:{KEY}")
}

fn connect(redis: &TestRedis) -> SharedLimits {
    SharedLimits::connect(&redis.url(), PATIENT).expect("a URL")
}

/// Asks for a window of which nothing is known here.
async fn heard(limits: &SharedLimits, limit: u32) -> Heard {
    limits.take(KEY, limit, Known::default()).await
}

async fn taken(limits: &SharedLimits, limit: u32) -> Taken {
    taken_knowing(limits, limit, Known::default()).await
}

async fn taken_knowing(limits: &SharedLimits, limit: u32, known: Known) -> Taken {
    match limits.take(KEY, limit, known).await {
        Heard::Taken(taken) => taken,
        other => panic!("{other:?}"),
    }
}

/// Waits until a server counts in Redis, or does so no longer.
async fn until(limits: &SharedLimits, away: bool) {
    let deadline = Instant::now() + PATIENT;
    loop {
        let is_there = matches!(heard(limits, 1_000_000).await, Heard::Taken(_));
        if is_there != away && limits.figures().away == away {
            return;
        }
        assert!(Instant::now() < deadline, "{:?}", limits.figures());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_clients_of_two_servers_never_pass_a_limit() {
    let redis = TestRedis::start();
    let servers = [connect(&redis), connect(&redis)].map(Arc::new);
    let mut clients = JoinSet::new();
    for client in 0..32 {
        let server = Arc::clone(&servers[client % 2]);
        clients.spawn(async move {
            let mut admitted = 0;
            for _ in 0..25 {
                admitted += u32::from(taken(&server, 300).await.admitted);
            }
            admitted
        });
    }
    let admitted: u32 = clients.join_all().await.into_iter().sum();
    assert_eq!(admitted, 300);
    let figures = servers.map(|server| server.figures());
    let figures = figures.map(|figures| (figures.shared, figures.fallbacks, figures.away));
    assert_eq!(figures, [(400, 0, false); 2]);
}

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

/// At a server's usual patience, on a machine that may be late, nobody passes the limit but by what a server
/// had to let in by itself, and no server by any means.
#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_clients_pass_no_limit_with_a_server_s_patience() {
    for servers in [1_u32, 2] {
        let redis = TestRedis::start();
        let servers: Vec<_> = (0..servers).map(|_| Hurried::new(&redis)).collect();
        let mut clients = JoinSet::new();
        for client in 0..32 {
            let requests = Arc::clone(&servers[client % servers.len()].requests);
            let number = client % servers.len();
            clients.spawn(async move { (number, admitted(&requests, 25).await) });
        }
        let mut of_each = vec![0; servers.len()];
        for (number, admitted) in clients.join_all().await {
            of_each[number] += admitted;
        }
        let fallbacks: u64 = servers.iter().map(Hurried::fallbacks).sum();
        let all: u32 = of_each.iter().sum();
        assert!(
            of_each.iter().all(|admitted| *admitted <= 300),
            "{of_each:?}"
        );
        assert!(
            u64::from(all) <= 300 + fallbacks,
            "{of_each:?}, {fallbacks}"
        );
        assert!(
            u64::from(all) + fallbacks >= 300,
            "{of_each:?}, {fallbacks}"
        );
    }
}

struct Hurried {
    shared: Arc<SharedLimits>,
    requests: Arc<RequestLimits>,
}

impl Hurried {
    fn new(redis: &TestRedis) -> Self {
        let shared = SharedLimits::connect(&redis.url(), HURRIED).expect("a URL");
        let shared = Arc::new(shared);
        let requests = RequestLimits::new(Arc::new(SystemClock), Some(shared.clone()));
        Self {
            shared,
            requests: Arc::new(requests),
        }
    }

    fn fallbacks(&self) -> u64 {
        self.shared.figures().fallbacks
    }
}

/// How many of so many requests are let in.
async fn admitted(requests: &RequestLimits, many: u32) -> u32 {
    let Counted::Requests(key, class) = KEY else {
        panic!("{KEY}")
    };
    let limits = OwnLimits {
        reads: PerMinute::new(300).ok(),
        ..OwnLimits::default()
    };
    let mut admitted = 0;
    for _ in 0..many {
        let standing = requests.count(key, limits, class).await;
        admitted += u32::from(standing.is_admitted());
    }
    admitted
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
