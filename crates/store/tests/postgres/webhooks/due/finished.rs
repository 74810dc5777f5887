//! A log in which nearly everything is finished.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use org_kernel::clock::{Clock, SystemClock};
use org_kernel::instant::Instant;
use org_store::Waiting;
use org_webhooks::outgoing::{Claim, Outgoing};

use super::plan::Plan;
use crate::webhooks::PgGround;

/// How many deliveries are finished where it does not matter much.
const SOME: u32 = 50_000;

/// How many are finished of which claims are made, unless `ORG_API_FINISHED_DELIVERIES` says another
/// number.
const MANY: u32 = 200_000;

/// How many are due besides.
pub(super) const DUE: usize = 20;

/// One of the organizations, and one of its endpoints.
pub(super) const ORG: &str = "'00000000-0000-0000-0000-000000000001'";
pub(super) const ENDPOINT: &str = "'00000000-0000-0000-0000-000000000064'";

/// The type of one delivery in a thousand.
pub(super) const RARE: &str = "'rare'";

/// Ten endpoints of each of two organizations, so that ten deliveries are of one event. What deliveries
/// refer to is there, but nobody checks it: there may be millions of them.
const FILL: &str = "
    CREATE FUNCTION pg_temp.number(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
        RETURN lpad(to_hex(n), 32, '0')::uuid;
    ALTER TABLE webhook_deliveries DROP CONSTRAINT deliveries_go_to_an_endpoint,
                                   DROP CONSTRAINT deliveries_tell_of_an_event;
    INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at)
        SELECT pg_temp.number(1 + n % 2), pg_temp.number(100 + n), 'https://hooks.example/', '{x}',
               true, now(), now()
        FROM generate_series(0, 19) AS n;
    INSERT INTO events (org_id, id, type, payload, created_at, position)
        SELECT pg_temp.number(1 + n % 2), pg_temp.number(n), 'x', '{}', now(), n + 1
        FROM generate_series(0, {events}) AS n;
    INSERT INTO events (org_id, id, type, payload, created_at)
        SELECT pg_temp.number(1 + n % 2), pg_temp.number(1000000000 + n), 'x', '{}', now()
        FROM generate_series(0, 9) AS n;
    INSERT INTO webhook_deliveries (org_id, id, endpoint_id, event_id, message_id, type, headers,
                                    status, attempts, failures, due_at, delivered_at, created_at,
                                    updated_at)
        SELECT pg_temp.number(1 + event % 2), gen_random_uuid(),
               pg_temp.number(100 + 2 * endpoint + event % 2), pg_temp.number(event),
               pg_temp.number(event), CASE n % 1000 WHEN 0 THEN 'rare' ELSE 'x' END, '{}', {status}, 1, 0, {due_at}, {delivered_at},
               now() - n * interval '1 ms', now()
        FROM (SELECT n, n / 10 AS event, n % 10 AS endpoint
              FROM generate_series(0, {deliveries}) AS n) AS numbers";

/// One delivery of each endpoint is due: the event of number 0 or 1.
const MAKE_DUE: &str = "
    UPDATE webhook_deliveries SET status = 'FAILED', due_at = now(), delivered_at = NULL
        WHERE event_id IN (lpad('0', 32, '0')::uuid, lpad('1', 32, '0')::uuid)";

/// Endpoints that nothing waits for: so many of the first organization.
const IDLE: u32 = 20_000;

const ADD_IDLE: &str = "
    INSERT INTO webhook_endpoints (org_id, id, url, event_types, enabled, created_at, updated_at)
        SELECT lpad('1', 32, '0')::uuid, gen_random_uuid(), 'https://idle.example/', '{x}', true,
               now(), now()
        FROM generate_series(1, {idle});
    ANALYZE webhook_endpoints";

/// All events have a position, and PostgreSQL knows it.
const PLACE_ALL: &str = "
    UPDATE events SET position = waiting.number
        FROM (SELECT org_id, id, 1000000 + row_number() OVER () AS number
              FROM events WHERE position IS NULL) AS waiting
        WHERE events.org_id = waiting.org_id AND events.id = waiting.id";

const ADD_EVENTS: &str = "
    INSERT INTO events (org_id, id, type, payload, created_at)
        SELECT lpad('1', 32, '0')::uuid, lpad(to_hex(2000000000 + n), 32, '0')::uuid, 'x', '{}', now()
        FROM generate_series(1, {events}) AS n";

/// Of the second organization, which comes after the first in every index.
const LEAVE_ONE_LATE: &str = "
    UPDATE webhook_endpoints SET {change} WHERE org_id = lpad('1', 32, '0')::uuid;
    DELETE FROM webhook_deliveries WHERE org_id = lpad('2', 32, '0')::uuid
        AND id <> (SELECT id FROM webhook_deliveries WHERE org_id = lpad('2', 32, '0')::uuid LIMIT 1);
    UPDATE webhook_deliveries SET created_at = now() - interval '1 h', status = 'FAILED'
        WHERE org_id = lpad('2', 32, '0')::uuid";

/// What waits for an endpoint that is far behind.
pub(super) const MOST_AT_ONE: u64 = 30_000;

const LEAVE_MOST_AT_ONE: &str = "
    ALTER TABLE webhook_deliveries DROP CONSTRAINT endpoints_hear_of_an_event_once;
    DELETE FROM webhook_deliveries WHERE org_id = lpad('2', 32, '0')::uuid AND id NOT IN (
        SELECT DISTINCT ON (endpoint_id) id FROM webhook_deliveries
        WHERE org_id = lpad('2', 32, '0')::uuid);
    DELETE FROM webhook_deliveries WHERE org_id = lpad('1', 32, '0')::uuid
        AND endpoint_id >= lpad(to_hex(112), 32, '0')::uuid;
    UPDATE webhook_deliveries SET endpoint_id = {endpoint} WHERE org_id = lpad('1', 32, '0')::uuid";

/// A database with such a log.
pub(super) struct Finished(PgGround);

fn number() -> u32 {
    match std::env::var("ORG_API_FINISHED_DELIVERIES") {
        Ok(number) => number.parse().expect("a number of deliveries"),
        Err(_) => MANY,
    }
}

#[derive(QueryableByName)]
struct Explained {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    plan: String,
}

impl Finished {
    /// Nearly all is delivered, and PostgreSQL knows it.
    pub(super) fn some() -> Self {
        Self::known(SOME)
    }

    /// Makes events of the first organization wait where none waited before, as far as PostgreSQL knows.
    pub(super) fn let_events_wait(&self, events: u32) {
        self.run(PLACE_ALL);
        self.run("VACUUM ANALYZE events");
        self.run(&ADD_EVENTS.replace("{events}", &events.to_string()));
    }

    /// The same, of as much as whoever runs the test wants.
    pub(super) fn many() -> Self {
        Self::known(number())
    }

    fn known(deliveries: u32) -> Self {
        let ground = Self::filled(deliveries, ["'DELIVERED'", "NULL", "now()"]);
        ground.run(MAKE_DUE);
        ground.run("ANALYZE");
        ground
    }

    /// The same, with many endpoints that nothing waits for.
    pub(super) fn among_idle_endpoints() -> Self {
        let ground = Self::some();
        ground.run(&ADD_IDLE.replace("{idle}", &IDLE.to_string()));
        ground
    }

    /// All is due, and PostgreSQL has not looked at it yet.
    pub(super) fn with_all_due() -> Self {
        Self::filled(SOME, ["'PENDING'", "now()", "NULL"])
    }

    /// The same, of more than is counted.
    pub(super) fn with_too_much_due() -> Self {
        Self::filled(2 * SOME, ["'PENDING'", "now()", "NULL"])
    }

    /// As much as is counted waits for one organization's endpoints, which these words change, and one
    /// delivery, an hour old, for one of the other's.
    pub(super) fn with_one_late_beside_many(change: &str) -> Self {
        let ground = Self::with_too_much_due();
        ground.run(&LEAVE_ONE_LATE.replace("{change}", change));
        ground
    }

    /// One endpoint of the first organization is behind by [`MOST_AT_ONE`], and the ten of the other by one.
    pub(super) fn with_most_at_one_endpoint() -> Self {
        let ground = Self::with_too_much_due();
        ground.run(&LEAVE_MOST_AT_ONE.replace("{endpoint}", ENDPOINT));
        ground
    }

    /// All was recorded and nothing is to be sent, and PostgreSQL knows it.
    pub(super) fn recorded() -> Self {
        let ground = Self::filled(SOME, ["'PENDING'", "NULL", "NULL"]);
        ground.run("ANALYZE");
        ground
    }

    fn filled(deliveries: u32, [status, due_at, delivered_at]: [&str; 3]) -> Self {
        let fill = FILL
            .replace("{events}", &(deliveries / 10).to_string())
            .replace("{deliveries}", &(deliveries - 1).to_string())
            .replace("{status}", status)
            .replace("{due_at}", due_at)
            .replace("{delivered_at}", delivered_at);
        let ground = Self(PgGround::new());
        ground.run(&fill);
        ground
    }

    fn run(&self, statements: &str) {
        let ran = self.0.database.connection().batch_execute(statements);
        ran.expect(statements);
    }

    /// How a statement is run with these parameters, each a type and a value, and how it is run whatever
    /// the values are.
    pub(super) fn plans(&self, statement: &str, parameters: &[(&str, String)]) -> [Plan; 2] {
        self.explained("COSTS", statement, parameters)
    }

    /// Runs a statement in both ways, one after the other, and answers how that went.
    pub(super) fn runs(&self, statement: &str, parameters: &[(&str, String)]) -> [Plan; 2] {
        self.explained("ANALYZE, BUFFERS", statement, parameters)
    }

    fn explained(&self, how: &str, statement: &str, parameters: &[(&str, String)]) -> [Plan; 2] {
        let types: Vec<_> = parameters.iter().map(|(kind, _)| *kind).collect();
        let values: Vec<_> = parameters.iter().map(|(_, value)| value.as_str()).collect();
        let asked = |what: &[&str]| match what {
            [] => "asked".to_owned(),
            what => format!("asked ({})", what.join(", ")),
        };
        let (asked_of, asked_with) = (asked(&types), asked(&values));
        ["force_custom_plan", "force_generic_plan"].map(|mode| {
            let conn = &mut self.0.database.connection();
            let prepare =
                format!("SET plan_cache_mode = {mode}; PREPARE {asked_of} AS {statement}");
            conn.batch_execute(&prepare).expect("prepared");
            let explain = format!("EXPLAIN ({how}, FORMAT JSON) EXECUTE {asked_with}");
            let explained = diesel::sql_query(explain).get_result::<Explained>(conn);
            Plan::of(&explained.expect("explained").plan)
        })
    }

    /// Whether the oldest that waits is as old as the late one.
    pub(super) fn knows_the_late_one(waiting: &Waiting) -> bool {
        let hour = time::Duration::hours(1);
        let age = waiting
            .oldest
            .map(|oldest| SystemClock.now().to_utc() - oldest.to_utc());
        age.is_some_and(|age| age >= hour)
    }

    /// What waits to be sent.
    pub(super) fn waiting(&self) -> Waiting {
        self.0.pg.waiting().expect("counted")
    }

    /// Claims all that is due, and answers how much that is.
    pub(super) fn claim(&self) -> usize {
        let later: Instant = "9000-01-01T00:00:00Z".parse().expect("an instant");
        let claim = Claim {
            now: later,
            until: later,
            in_flight: &[],
            per_endpoint: 8,
            most: 200,
        };
        self.0.pg.claim(&claim).expect("claimed").len()
    }
}
