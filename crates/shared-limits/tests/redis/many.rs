//! Many clients at once, of one server and of two.

use std::sync::Arc;

use org_auth::rate::{Counted, OwnLimits, PerMinute, RequestLimits};
use org_kernel::clock::SystemClock;
use org_shared_limits::SharedLimits;
use org_shared_limits::testing::TestRedis;
use tokio::task::JoinSet;

use super::{HURRIED, KEY, connect, taken};

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
