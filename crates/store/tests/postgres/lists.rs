//! Long lists: their totals, and all ways to their pages.

mod totals;
mod ways;

use diesel::connection::SimpleConnection;
use org_domain::history::{Performance, PerformanceQuery};
use org_domain::query::{Lists, Words};
use org_domain::record::Record;
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};
use org_store::Pg;
use org_store::testing::TestDatabase;

use crate::support::store_organization;

/// A database in which `add(org, number, day, words)` adds as many performances to an organization, the
/// days of which begin with one and go round in a thousand.
fn ground() -> (TestDatabase, Pg, OrgId) {
    let database = TestDatabase::fresh();
    let pg = database.pg();
    let org = store_organization(&pg, 1, "org-1");
    run(
        &database,
        "CREATE FUNCTION add(org integer, number integer, day date, words text) RETURNS void
         LANGUAGE sql
         BEGIN ATOMIC
             INSERT INTO performances (org_id, id, date, composer, title, soloists, composer_folded,
                                       search_text, created_at, updated_at)
             SELECT lpad(org::text, 32, '0')::uuid, gen_random_uuid(), day + n % 1000, 'x', words, '[]',
                    'x', words, now(), now()
             FROM generate_series(1, number) AS n;
         END",
    );
    (database, pg, org)
}

fn run(database: &TestDatabase, statements: &str) {
    let done = database.connection().batch_execute(statements);
    done.expect("the statements run");
}

fn of_words(words: &str) -> PerformanceQuery {
    PerformanceQuery {
        words: Some(Words::from_text(words).expect("words")),
        ..PerformanceQuery::default()
    }
}

fn page(pg: &Pg, org: OrgId, query: &PerformanceQuery, number: u32) -> Page<Record<Performance>> {
    let request = PageRequest::new(number, 100).expect("a page");
    pg.list(org, query, request).expect("a store that answers")
}
