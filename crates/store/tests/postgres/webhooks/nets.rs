//! What holds where a worker goes by no lock: somebody at a prompt, say, or a program that came later.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use org_kernel::id::{DeliveryId, OrgId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use org_webhooks::fan_out::{Batch, BatchSize, FanOutStore, FannedOut, NewDelivery};

use super::PgGround;
use crate::support::id;

const SOME: BatchSize = BatchSize {
    events: 10,
    deliveries: 10,
};

/// An event that an endpoint has heard of, and is to be told.
const WAITING: &str = "
    INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at)
        SELECT id, id, 'https://x.example/', '{x}', true, now(), now()
        FROM organizations WHERE slug = 'org-1';
    INSERT INTO webhook_master_key VALUES ('x');
    INSERT INTO webhook_endpoint_secrets (org_id, endpoint_id, id, key_id, nonce, ciphertext,
                                          created_at)
        SELECT org_id, id, id, 'x', 'twelve bytes', 'x', now() FROM webhook_endpoints;
    INSERT INTO events (org_id, id, type, payload, created_at, endpoint_ids)
        SELECT org_id, id, 'x', '{}', now(), ARRAY[id] FROM webhook_endpoints";

const DISPATCHED_BY_ANOTHER: &str = "
    INSERT INTO webhook_deliveries (org_id, id, endpoint_id, event_id, message_id, type, headers,
                                    status, attempts, failures, created_at, updated_at)
        SELECT org_id, gen_random_uuid(), id, id, id, 'x', '{}', 'PENDING', 0, 0, now(), now()
        FROM webhook_endpoints;
    UPDATE events SET position = 1";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn deliveries(batch: &Batch, at: Instant) -> Vec<NewDelivery> {
    let deliveries = batch.events.iter().map(|event| NewDelivery {
        id: DeliveryId::new(SystemIds.uuid()),
        endpoint: event.endpoints[0],
        event: event.id,
        event_type: event.event_type.clone(),
        headers: [].into(),
        due_at: None,
        created_at: at,
    });
    deliveries.collect()
}

#[test]
fn what_another_has_dispatched_meanwhile_is_not_dispatched_again() {
    let ground = PgGround::new();
    let conn = &mut ground.database.connection();
    conn.batch_execute(WAITING).expect("an event that waits");
    let (org, at): (OrgId, _) = (id(1), "2026-01-01T00:00:00Z".parse().expect("an instant"));
    let mut seen = Vec::new();
    let done = ground.pg.fan_out(org, SOME, &mut |batch| {
        if seen.is_empty() {
            let another = &mut ground.database.connection();
            let dispatched = another.batch_execute(DISPATCHED_BY_ANOTHER);
            dispatched.expect("nothing is in its way");
        }
        seen.push(batch.events.len());
        deliveries(batch, at)
    });
    assert_eq!(done.expect("dispatched"), Some(FannedOut::default()));
    assert_eq!(seen, [1, 0], "it is begun again, and finds nothing to do");
    let stored = diesel::sql_query("SELECT count(*) FROM webhook_deliveries");
    assert_eq!(stored.get_result::<Count>(conn).expect("counted").count, 1);
}
