//! One row that somebody else holds, at a prompt for instance, keeps nobody else's attempts from being
//! recorded.

use diesel::connection::SimpleConnection;
use org_kernel::id::DeliveryId;
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Attempt, DeliveryStatus, Outcome, settle};
use org_webhooks::delivery_log::DeliveryLog;
use org_webhooks::outgoing::{Attempted, Claim, Claimed, Doing, Outgoing, Recorded};

use super::PgGround;

/// An endpoint of each organization, and a delivery to each, which is due.
const DUE: &str = "
    INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at)
        SELECT id, id, 'https://x.example/', '{x}', true, now(), now() FROM organizations;
    INSERT INTO events (org_id, id, type, payload, created_at, endpoint_ids)
        SELECT org_id, id, 'x', '{}', now(), ARRAY[id] FROM webhook_endpoints;
    INSERT INTO webhook_deliveries (org_id, id, endpoint_id, event_id, message_id, type, headers,
                                    status, attempts, failures, due_at, created_at, updated_at)
        SELECT org_id, id, id, id, id, 'x', '{}', 'PENDING', 0, 0, now(), now(), now()
        FROM webhook_endpoints";

fn minute(number: i64) -> Instant {
    let first: Instant = "9000-01-01T00:00:00Z".parse().expect("an instant");
    first.saturating_add(time::Duration::minutes(number))
}

/// Claims both.
fn claimed(ground: &PgGround) -> [Claimed; 2] {
    let claim = Claim {
        now: minute(0),
        until: minute(1),
        in_flight: &[],
        per_endpoint: 8,
        most: 8,
    };
    let mut claimed = ground.pg.claim(&claim).expect("claimed");
    claimed.sort_by_key(|claimed| claimed.org);
    claimed.try_into().expect("both are due")
}

fn answered(claimed: &Claimed, status: u16) -> Attempted {
    let outcome = Outcome::Answered {
        status,
        body: String::new(),
        retry_after: None,
    };
    Attempted {
        org: claimed.org,
        id: claimed.id,
        endpoint: claimed.endpoint,
        headers: None,
        settled: settle(claimed.failures, &outcome, minute(0), 0),
        attempt: Attempt {
            number: claimed.number,
            started_at: minute(0),
            took: Some(time::Duration::ZERO),
            outcome,
        },
        ended_at: minute(0),
        doing: Doing::Receiver,
    }
}

fn status(ground: &PgGround, delivery: DeliveryId) -> DeliveryStatus {
    let found = ground.pg.delivery(delivery.into()).expect("answered");
    found.expect("it is there").delivery.status
}

/// Records a failure of each while somebody else holds what this statement locks of the first one, and
/// then again.
fn recorded_beside(lock: &str) {
    let ground = PgGround::new();
    let mut other = ground.database.connection();
    other.batch_execute(DUE).expect("they are due");
    let [held, free] = claimed(&ground);
    let lock = format!("BEGIN; {lock} WHERE id = '{}' FOR UPDATE", held.id.uuid());
    other.batch_execute(&lock).expect(&lock);
    let attempted = [answered(&held, 500), answered(&free, 500)];
    let beside = ground.pg.record(&attempted).expect("it waits for nobody");
    let expected = Recorded {
        failing: vec![(free.endpoint, minute(0))],
        left: vec![held.id],
    };
    assert_eq!(beside, expected);
    assert_eq!(status(&ground, held.id), DeliveryStatus::Pending);
    assert_eq!(status(&ground, free.id), DeliveryStatus::Failed);
    other.batch_execute("COMMIT").expect("it is let go");
    let after = ground.pg.record(&attempted).expect("recorded");
    assert_eq!(after.left, []);
    assert_eq!(after.failing.len(), 2);
    assert_eq!(status(&ground, held.id), DeliveryStatus::Failed);
}

#[test]
fn a_delivery_that_somebody_holds_is_left_and_the_others_are_recorded() {
    recorded_beside("SELECT FROM webhook_deliveries");
}

#[test]
fn an_endpoint_that_somebody_holds_is_left_and_the_others_are_recorded() {
    recorded_beside("SELECT FROM webhook_endpoints");
}

#[test]
fn an_endpoint_of_which_nothing_changes_may_be_held() {
    let ground = PgGround::new();
    let mut other = ground.database.connection();
    other.batch_execute(DUE).expect("they are due");
    let attempted = claimed(&ground).map(|claimed| answered(&claimed, 200));
    let lock = "BEGIN; SELECT FROM webhook_endpoints FOR UPDATE";
    other.batch_execute(lock).expect("locked");
    let recorded = ground.pg.record(&attempted).expect("it waits for nobody");
    assert_eq!(recorded, Recorded::default());
}
