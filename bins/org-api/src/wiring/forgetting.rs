//! What is forgotten once its time is over.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use org_auth::refusals::{self, RefusalLog};
use org_auth::session_store::SessionStore;
use org_auth::traffic::{self, TrafficStore};
use org_kernel::clock::Clock;
use org_kernel::idempotency::KeptAnswers;
use org_kernel::instant::Instant;
use org_kernel::{StoreError, chain};
use org_store::Pg;
use org_webhooks::delivery_log::DeliveryLog;

use crate::background::{Again, Last, Worker, periodic};

/// How often there is a look for what is to be forgotten.
const LOOKED_FOR_EVERY: Duration = Duration::from_mins(1);

/// How many rows one transaction forgets: few enough to be in nobody's way.
const BATCH: u32 = 500;

/// How many transactions there are in a row; whoever wants to end waits for no more than these.
const BATCHES: u32 = 100;

/// Forgets what is too old, in small batches, from time to time; of deliveries that is what is older than
/// `deliveries_kept_for`.
pub(super) fn forget_in(
    store: Arc<Pg>,
    clock: Arc<dyn Clock>,
    deliveries_kept_for: time::Duration,
) -> io::Result<Worker> {
    periodic("forgetting", LOOKED_FOR_EVERY, Last::Skip, move || {
        for (what, done) in forget(&store, clock.now(), deliveries_kept_for) {
            match done {
                Ok(rows) => tracing::debug!(rows, "{what} are forgotten"),
                Err(error) => {
                    tracing::warn!(error = chain(&error), "{what} wait to be forgotten");
                }
            }
        }
        Again::Yes
    })
}

/// Forgets what is too old at `now`, and says of each kind how much that was.
fn forget(
    store: &Pg,
    now: Instant,
    deliveries_kept_for: time::Duration,
) -> [(&'static str, Result<u32, StoreError>); 6] {
    let old = now.saturating_add(-refusals::KEPT_FOR);
    let refusals = in_batches(|| store.forget_before(old, BATCH));
    let old = now.saturating_add(-traffic::KEPT_FOR);
    let hours = in_batches(|| store.forget_traffic_before(old, BATCH));
    let answers = in_batches(|| KeptAnswers::forget_expired(store, now, BATCH));
    let sessions = in_batches(|| SessionStore::forget_expired(store, now, BATCH));
    let old = now.saturating_add(-deliveries_kept_for);
    let deliveries = in_batches(|| store.forget_deliveries_before(old, BATCH));
    let deleted = in_batches(|| store.forget_deleted_endpoints(BATCH));
    [
        ("old refusals", refusals),
        ("old hours of traffic", hours),
        ("kept answers", answers),
        ("sessions and links", sessions),
        ("old deliveries", deliveries),
        ("deliveries of deleted endpoints", deleted),
    ]
}

/// Forgets until a batch finds less than it may, and says how much that was.
fn in_batches(forget: impl Fn() -> Result<u32, StoreError>) -> Result<u32, StoreError> {
    let mut forgotten = 0;
    for _ in 0..BATCHES {
        let batch = forget()?;
        forgotten += batch;
        if batch < BATCH {
            break;
        }
    }
    Ok(forgotten)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use diesel::sql_types::Text;
    use org_store::testing::TestDatabase;

    use super::*;

    /// How many batches it takes to forget so many rows, and how many of them are forgotten.
    fn batches(rows: u32) -> (u32, u32) {
        let (left, taken) = (Cell::new(rows), Cell::new(0));
        let forgotten = in_batches(|| {
            let batch = left.get().min(BATCH);
            left.set(left.get() - batch);
            taken.set(taken.get() + 1);
            Ok(batch)
        });
        (taken.get(), forgotten.expect("forgotten"))
    }

    #[test]
    fn batches_follow_each_other_until_one_is_not_full_or_there_were_enough() {
        assert_eq!(batches(0), (1, 0));
        assert_eq!(batches(BATCH + 1), (2, BATCH + 1));
        assert_eq!(batches(u32::MAX), (BATCHES, BATCH * BATCHES));
    }

    /// For each kind and on each side of its end, one that is named by what is to become of it.
    const OF_EACH_KIND: &str = "
        INSERT INTO organizations (id, slug, name, time_zone, locale, currency, season_start_month,
                                   created_at, updated_at)
        VALUES (gen_random_uuid(), 'x', 'x', 'UTC', 'en', 'EUR', 1, now(), now());
        CREATE TABLE days (at timestamptz, name text);
        INSERT INTO days VALUES (timestamptz '2026-06-01Z' - interval '91 days', 'goes'),
                                (timestamptz '2026-06-01Z' - interval '89 days', 'stays');
        INSERT INTO refused_attempts
            SELECT gen_random_uuid(), at, '{}', name, '::1', 'GET', '/', 401, 'request.refused' FROM days;
        INSERT INTO audit_log (org_id, id, at, actor_kind, action, details, request_id, address,
                               method, route, status)
            SELECT organizations.id, gen_random_uuid(), at, 'OPERATOR', 'request.refused', '{}',
                   days.name, '::1', 'GET', '/', 403
            FROM days, organizations;
        INSERT INTO audit_log (org_id, id, at, action, details, request_id, address, method, route,
                               status)
            SELECT organizations.id, gen_random_uuid(), at, 'session.refused', '{}',
                   'sign-in ' || days.name, '::1', 'POST', '/', 422
            FROM days, organizations;
        INSERT INTO traffic_hours
            SELECT organizations.id, date_trunc('hour', at), 0, 0, 0, array_fill(0, '{55}')
            FROM days, organizations;
        INSERT INTO kept_answers
            SELECT organizations.id, end_.name, sha256(''), 201, NULL, '{}', end_.at
            FROM organizations, (VALUES (timestamptz '2026-06-01Z', 'goes'),
                                        (timestamptz '2026-06-01 00:00:01Z', 'stays')
                                ) AS end_ (at, name);
        INSERT INTO users (org_id, id, email, email_folded, name, role, created_at, updated_at)
            SELECT organizations.id, gen_random_uuid(), days.name, days.name, days.name, 'VIEWER',
                   now(), now()
            FROM days, organizations;
        INSERT INTO sign_in_links
            SELECT org_id, id, sha256(name::bytea), now(),
                   timestamptz '2026-06-01Z' + interval '1 s' * CASE name WHEN 'stays' THEN 1 ELSE -1 END
            FROM users;
        INSERT INTO console_sessions
            SELECT org_id, user_id, user_id, hash, false, '::1', '', now(), now(), expires_at
            FROM sign_in_links;
        INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at)
            SELECT id, id, 'https://x.example/', '{x}', true, now(), now() FROM organizations;
        INSERT INTO webhook_deliveries (org_id, id, endpoint_id, message_id, type, payload, headers,
                                        status, attempts, failures, created_at, updated_at)
            SELECT organizations.id, gen_random_uuid(), organizations.id, gen_random_uuid(),
                   'webhook.test', days.name, '{}', 'SIMULATED', 0, 0, at - interval '1 day', at
            FROM days, organizations;
        INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at,
                                       deleted_at)
            SELECT id, gen_random_uuid(), 'goes', '{x}', false, now(), now(), now() FROM organizations;
        INSERT INTO webhook_deliveries (org_id, id, endpoint_id, message_id, type, payload, headers,
                                        status, attempts, failures, created_at, updated_at)
            SELECT org_id, gen_random_uuid(), id, gen_random_uuid(), 'webhook.test', url, '{}',
                   'SIMULATED', 0, 0, now(), now()
            FROM webhook_endpoints WHERE deleted_at IS NOT NULL";

    const LEFT: &str = "
        SELECT 'attempt ' || request_id AS name FROM refused_attempts
        UNION ALL SELECT 'refusal ' || request_id FROM audit_log
        UNION ALL SELECT 'hour of ' || date_trunc('day', hour, 'UTC')::date FROM traffic_hours
        UNION ALL SELECT 'answer ' || key FROM kept_answers
        UNION ALL SELECT 'link ' || name FROM sign_in_links
            JOIN users ON users.id = sign_in_links.user_id
        UNION ALL SELECT 'session ' || name FROM console_sessions
            JOIN users ON users.id = console_sessions.user_id
        UNION ALL SELECT 'delivery ' || payload FROM webhook_deliveries
        UNION ALL SELECT 'endpoint ' || url FROM webhook_endpoints
        ORDER BY name";

    #[derive(QueryableByName)]
    struct Left {
        #[diesel(sql_type = Text)]
        name: String,
    }

    #[test]
    fn one_round_forgets_what_is_too_old_and_nothing_else() {
        let database = TestDatabase::fresh();
        let conn = &mut database.connection();
        conn.batch_execute(OF_EACH_KIND).expect("two of each kind");
        let now = "2026-06-01T00:00:00Z".parse().expect("an instant");
        let forgotten = forget(&database.pg(), now, time::Duration::days(91));
        let forgotten = forgotten.map(|(_, rows)| rows.expect("forgotten"));
        assert_eq!(forgotten, [3, 1, 1, 2, 1, 1]);
        let left: Vec<Left> = diesel::sql_query(LEFT).load(conn).expect("what is left");
        let left: Vec<_> = left.into_iter().map(|left| left.name).collect();
        assert_eq!(
            left,
            [
                "answer stays",
                "attempt stays",
                "delivery stays",
                "endpoint https://x.example/",
                "hour of 2026-03-04",
                "link stays",
                "refusal sign-in stays",
                "refusal stays",
                "session stays",
            ]
        );
    }
}
