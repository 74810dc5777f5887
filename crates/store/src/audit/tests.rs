//! How PostgreSQL reads the trail: by an index, and as many entries as a page has, however the trail is
//! filtered.

use diesel::connection::SimpleConnection;
use diesel::debug_query;
use diesel::pg::Pg as Postgres;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Json;
use org_kernel::actor::Actor;
use org_kernel::audit::{EntryQuery, Order};
use org_kernel::id::{ContactId, Id, OrgId};
use serde_json::Value;
use uuid::Uuid;

use super::read::found;
use crate::testing::TestDatabase;

const ORG: Uuid = Uuid::from_u128(1);

/// Two organizations with trails of 20,000 entries each: most are of one key and one action; every
/// hundredth is of somebody else, every thousandth is a refusal.
const ROWS: &str = "
    INSERT INTO organizations (id, slug, name, time_zone, locale, currency, season_start_month,
                               created_at, updated_at)
    SELECT lpad(org::text, 32, '0')::uuid, 'org-' || org, 'x', 'UTC', 'en', 'EUR', 9, now(), now()
    FROM generate_series(1, 2) AS org;
    INSERT INTO audit_log (org_id, id, at, actor_kind, actor_id, action, subject_type, subject_id,
                           details)
    SELECT lpad(org::text, 32, '0')::uuid, lpad(number::text, 32, '0')::uuid,
           timestamptz '2026-01-01Z' + number * interval '1 minute',
           CASE WHEN number % 100 = 1 THEN 'OPERATOR' WHEN number % 100 = 2 THEN 'USER' ELSE 'KEY' END,
           CASE WHEN number % 100 = 1 THEN NULL
                WHEN number % 100 = 2 THEN lpad('72', 32, '0')::uuid
                ELSE lpad('71', 32, '0')::uuid END,
           CASE WHEN number % 1000 = 3 THEN 'request.refused'
                WHEN number % 100 < 3 THEN 'api_key.created'
                ELSE 'resource_booking.created' END,
           CASE WHEN number % 1000 <> 3 THEN 'con' END,
           CASE WHEN number % 1000 <> 3 THEN lpad((number % 200)::text, 32, '0')::uuid END, '{}'
    FROM generate_series(1, 2) AS org, generate_series(1, 20000) AS number";

#[test]
fn every_filter_is_answered_by_an_index_and_reads_little_more_than_its_page() {
    let database = TestDatabase::fresh();
    let conn = &mut database.connection();
    conn.batch_execute(ROWS).expect("rows");
    conn.batch_execute("VACUUM ANALYZE").expect("a clean house");
    for (query, index) in queries() {
        for order in [Order::NewestFirst, Order::OldestFirst] {
            for after in [None, Some(place(9_000))] {
                let query = EntryQuery {
                    order,
                    after,
                    ..query.clone()
                };
                let plan = plan(conn, &query);
                let text = plan.to_string();
                assert!(!text.contains("Seq Scan"), "{query:?}: {plan:#}");
                assert!(!text.contains("\"Sort\""), "{query:?}: {plan:#}");
                assert!(text.contains(index), "{query:?}, not by {index}: {plan:#}");
                let pages = pages(&plan);
                assert!(pages <= 60, "{query:?} read {pages} pages: {plan:#}");
            }
        }
    }
}

/// Every filter, and the two that the page of one key asks for together, each with the index that finds
/// it. What most entries are is found in the order of all.
fn queries() -> Vec<(EntryQuery, &'static str)> {
    let with = |set: &dyn Fn(&mut EntryQuery)| {
        let mut query = EntryQuery {
            org: Some(OrgId::new(ORG)),
            limit: 10,
            ..EntryQuery::default()
        };
        set(&mut query);
        query
    };
    let (key, user) = (id(71), id(72));
    let action = |text: &str| Some(text.parse().expect("an action"));
    let refused = |query: &mut EntryQuery| {
        query.actor = Some(Actor::Key(Id::new(key)));
        query.action = action("request.refused");
    };
    let (in_order, on_a_subject) = ("audit_entries_in_order", "audit_entries_on_a_subject");
    let by = |actor| with(&|query| query.actor = Some(actor));
    let of = |text| with(&|query| query.action = action(text));
    vec![
        (with(&|_| ()), in_order),
        (by(Actor::Key(Id::new(key))), "\"audit_entries_"),
        (by(Actor::User(Id::new(user))), "audit_entries_of_an_author"),
        (by(Actor::Operator), "audit_entries_of_the_machine"),
        (of("resource_booking.created"), "\"audit_entries_"),
        (of("api_key.created"), "audit_entries_of_an_action"),
        (of("api_key"), "audit_entries_on_a_kind"),
        (
            with(&|query| query.subject = Some(ContactId::new(id(7)).into())),
            on_a_subject,
        ),
        (with(&|query| query.since = Some(place(8_000).0)), in_order),
        (with(&|query| query.until = Some(place(10_000).0)), in_order),
        (with(&refused), "refused_requests_of_a_key"),
    ]
}

fn id(number: u32) -> Uuid {
    let digits = format!("{number:032}");
    digits.parse().expect("an id")
}

/// The time and the id of the entry with this number.
fn place(number: u32) -> (org_kernel::instant::Instant, Uuid) {
    let start: org_kernel::instant::Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let later = time::Duration::minutes(number.into());
    (start.saturating_add(later), id(number))
}

/// A query that is explained, with what it reads.
#[derive(QueryId)]
struct Explained<Q>(Q);

impl<Q: QueryFragment<Postgres>> QueryFragment<Postgres> for Explained<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Postgres>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ");
        self.0.walk_ast(out)
    }
}

impl<Q> Query for Explained<Q> {
    type SqlType = Json;
}

impl<Q> RunQueryDsl<PgConnection> for Explained<Q> {}

fn plan(conn: &mut PgConnection, query: &EntryQuery) -> Value {
    let rows = found(OrgId::new(ORG), query);
    let sql = debug_query::<Postgres, _>(&rows).to_string();
    let plan = Explained(rows).get_result(conn);
    plan.unwrap_or_else(|failure| panic!("{failure}: {sql}"))
}

/// How many pages were read or found in memory.
fn pages(plan: &Value) -> u64 {
    let top = &plan[0]["Plan"];
    let pages = |name: &str| top[name].as_u64().expect("a plan that was run");
    pages("Shared Hit Blocks") + pages("Shared Read Blocks")
}
