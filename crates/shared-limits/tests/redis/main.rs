//! The adapter against a real Redis, which is killed, stopped and emptied under it.

mod away;
mod many;
mod windows;

use std::time::{Duration, Instant};

use org_auth::rate::{Class, Counted, Heard, Known, SharedCounts, Taken};
use org_kernel::id::KeyId;
use org_shared_limits::SharedLimits;
use org_shared_limits::testing::TestRedis;

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
