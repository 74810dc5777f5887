//! Endpoints and their secrets.

use diesel::connection::SimpleConnection;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::id::EndpointId;
use org_kernel::id_source::{IdSource, SystemIds};
use org_webhooks::endpoint_store::EndpointStore;

use super::PgGround;
use crate::catalog::lines;

org_webhooks::endpoint_contract!(PgGround::new);

/// More than are forgotten in one go, and one of another endpoint.
const LOGS: &str = "
    INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at)
    SELECT id, gen_random_uuid(), url, '{}', true, now(), now()
    FROM organizations CROSS JOIN (VALUES ('https://a.example/'), ('https://b.example/')) AS urls (url)
    WHERE organizations.slug = 'org-1';
    INSERT INTO webhook_deliveries (org_id, id, endpoint_id, message_id, type, payload, headers, status,
                                    attempts, failures, created_at, updated_at)
    SELECT org_id, gen_random_uuid(), id, gen_random_uuid(), 'webhook.test', '{}', '{}', 'SIMULATED',
           1, 0, now(), now()
    FROM webhook_endpoints,
         generate_series(1, CASE url WHEN 'https://a.example/' THEN 2500 ELSE 1 END);
    INSERT INTO webhook_attempts (org_id, delivery_id, number, started_at, error)
    SELECT org_id, id, 1, now(), 'closed' FROM webhook_deliveries";

#[test]
fn an_endpoint_takes_its_log_with_it_however_long_that_is() {
    let PgGround { pg, database } = PgGround::new();
    let conn = &mut database.connection();
    conn.batch_execute(LOGS).expect("two logs");
    let of_url = "SELECT id::text AS line FROM webhook_endpoints WHERE url = 'https://a.example/'";
    let [endpoint] = lines(conn, of_url).try_into().expect("one endpoint");
    let endpoint = EndpointId::new(endpoint.parse().expect("an id"));
    let entry = |at| {
        let change = Change::new(SystemIds.uuid(), at, "webhook_endpoint.deleted", endpoint);
        Entry::of(change, &Origin::OPERATOR)
    };
    let at = "2026-03-14T18:30:00Z".parse().expect("an instant");
    let deleted = EndpointStore::delete(&pg, endpoint.into(), &mut |_| Ok(entry(at)));
    deleted.expect("deleted");
    for table in [
        "webhook_endpoints",
        "webhook_deliveries",
        "webhook_attempts",
    ] {
        let left = format!("SELECT count(*)::text AS line FROM {table}");
        assert_eq!(lines(conn, &left), ["1"], "{table}");
    }
}
