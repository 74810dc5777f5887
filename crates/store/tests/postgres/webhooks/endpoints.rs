//! Endpoints and their secrets.

use diesel::connection::SimpleConnection;
use org_kernel::WriteError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::id::EndpointId;
use org_kernel::id_source::{IdSource, SystemIds};
use org_store::Pg;
use org_store::testing::TestDatabase;
use org_webhooks::endpoint_store::{EndpointStore, NoSuchEndpoint};

use super::PgGround;
use crate::catalog::lines;
use crate::support::id;

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

/// From the second part on.
const STOP: &str = "
    CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT count(*) FROM webhook_deliveries) < 2000 THEN RAISE 'stopped'; END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER stop BEFORE DELETE ON webhook_deliveries EXECUTE FUNCTION stop()";

const OF_A: &str =
    "SELECT id::text AS line FROM webhook_endpoints WHERE url = 'https://a.example/'";

/// Two logs, and the endpoint of the long one.
fn with_logs() -> (PgGround, EndpointId) {
    let ground = PgGround::new();
    let conn = &mut ground.database.connection();
    conn.batch_execute(LOGS).expect("two logs");
    let [endpoint] = lines(conn, OF_A).try_into().expect("one endpoint");
    let endpoint = EndpointId::new(endpoint.parse().expect("an id"));
    (ground, endpoint)
}

fn delete(pg: &Pg, endpoint: EndpointId) -> Result<(), WriteError<NoSuchEndpoint>> {
    let at = "2026-03-14T18:30:00Z".parse().expect("an instant");
    EndpointStore::delete(pg, endpoint.into(), &mut |_| {
        let change = Change::new(SystemIds.uuid(), at, "webhook_endpoint.deleted", endpoint);
        Ok(Entry::of(change, &Origin::OPERATOR))
    })
}

/// How many endpoints, deliveries, attempts and entries in the trail there are.
fn counts(database: &TestDatabase) -> [String; 4] {
    [
        "webhook_endpoints",
        "webhook_deliveries",
        "webhook_attempts",
        "audit_log WHERE action = 'webhook_endpoint.deleted'",
    ]
    .map(|table| {
        let count = format!("SELECT count(*)::text AS line FROM {table}");
        lines(&mut database.connection(), &count).concat()
    })
}

#[test]
fn an_endpoint_takes_its_log_with_it_however_long_that_is() {
    let (PgGround { pg, database }, endpoint) = with_logs();
    delete(&pg, endpoint).expect("deleted");
    assert_eq!(counts(&database), ["1"; 4]);
}

/// It is deleted with its entry before its log is touched; whoever deletes next, or forgets what is old,
/// goes on where it was stopped.
#[test]
fn a_delete_that_is_stopped_is_done_and_is_finished_later() {
    for by_the_next_delete in [true, false] {
        let (PgGround { pg, database }, endpoint) = with_logs();
        let conn = &mut database.connection();
        conn.batch_execute(STOP).expect("a trigger");
        delete(&pg, endpoint).expect("deleted");
        assert_eq!(counts(&database), ["2", "1501", "1501", "1"]);
        assert_eq!(pg.find(endpoint.into()).expect("answered"), None);
        assert_eq!(EndpointStore::list(&pg, id(1)).expect("answered").len(), 1);
        let again = delete(&pg, endpoint);
        assert!(matches!(again, Err(WriteError::Refused(NoSuchEndpoint))));
        let go_on = "DROP TRIGGER stop ON webhook_deliveries";
        conn.batch_execute(go_on).expect("no trigger");
        if by_the_next_delete {
            let other = OF_A.replace("a.example", "b.example");
            let other = lines(conn, &other).concat();
            let other = EndpointId::new(other.parse().expect("an id"));
            delete(&pg, other).expect("deleted");
            assert_eq!(counts(&database), ["0", "0", "0", "2"]);
        } else {
            let forget = |most| pg.forget_deleted_endpoints(most).expect("forgotten");
            assert_eq!([forget(1000), forget(500), forget(500)], [1000, 500, 0]);
            assert_eq!(counts(&database), ["1"; 4]);
        }
    }
}
