//! One event that very many endpoints have heard of.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use org_kernel::clock::SystemClock;
use org_kernel::id_source::SystemIds;
use org_webhooks::fan_out::{DeliveryMode, FanOut};

use super::PgGround;

/// As many as no statement may store at once, and no batch would have if it could be cut.
const VERY_MANY: &str = "
    INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at)
        SELECT id, gen_random_uuid(), 'https://x.example/', '{x}', true, now(), now()
        FROM organizations, generate_series(1, 5500) WHERE slug = 'org-1';
    INSERT INTO events (org_id, id, type, payload, created_at, endpoint_ids)
        SELECT org_id, gen_random_uuid(), 'x', '{}', now(), array_agg(id)
        FROM webhook_endpoints GROUP BY org_id;
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT count(*) FROM stored) > 1000 THEN
            RAISE 'one statement stores too many deliveries';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER hold AFTER INSERT ON webhook_deliveries REFERENCING NEW TABLE AS stored
        FOR EACH STATEMENT EXECUTE FUNCTION hold()";

#[test]
fn an_event_for_thousands_of_endpoints_is_stored_in_parts() {
    let ground = PgGround::new();
    let conn = &mut ground.database.connection();
    conn.batch_execute(VERY_MANY).expect("an event that waits");
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let store = Arc::new(ground.pg.clone());
    let fan_out = FanOut::new(store, clock, ids, None, DeliveryMode::Record);
    let round = fan_out.round().expect("a database that answers");
    assert!(round.failed.is_empty(), "{:?}", round.failed);
    assert_eq!((round.done.events, round.done.deliveries), (1, 5500));
}
