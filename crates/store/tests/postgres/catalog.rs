//! The rules of the house that every table keeps, read from PostgreSQL's own catalog.

use diesel::prelude::*;
use diesel::sql_types::Text;
use org_store::testing::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The answers of a query with one column of text, `line`.
pub(crate) fn lines(conn: &mut PgConnection, query: &str) -> Vec<String> {
    let found: Vec<Line> = diesel::sql_query(query)
        .load(conn)
        .expect("the catalog answers");
    found.into_iter().map(|found| found.line).collect()
}

fn lines_of_fresh(query: &str) -> Vec<String> {
    lines(&mut TestDatabase::fresh().connection(), query)
}

/// What is looked up before anybody knows the organization, the queues of workers, who work for all of
/// them, the master key, which is the same for all, and what strangers did, whose organization nobody
/// knows. Nothing else may begin with anything but the organization.
#[test]
fn keys_and_indexes_begin_with_the_organization() {
    let others = lines_of_fresh(
        "SELECT c.relname::text AS line
         FROM pg_index i
         JOIN pg_class c ON c.oid = i.indexrelid
         JOIN pg_class t ON t.oid = i.indrelid
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
         WHERE c.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_\\_%'
           AND a.attname IS DISTINCT FROM 'org_id'
         ORDER BY 1",
    );
    assert_eq!(
        others,
        [
            "deliveries_that_may_be_forgotten",
            "endpoints_have_ids_that_no_other_organization_has",
            "hours_of_traffic_by_age",
            "kept_answers_to_forget",
            "keys_have_distinct_hashes",
            "keys_have_ids_that_no_other_organization_has",
            "links_have_distinct_hashes",
            "links_to_forget",
            "master_keys_have_distinct_ids",
            "organizations_have_distinct_ids",
            "organizations_have_distinct_slugs",
            "refused_attempts_have_distinct_ids",
            "refused_attempts_in_order",
            "refused_requests_by_age",
            "refused_sign_ins_by_age",
            "second_factors_by_master_key",
            "secrets_by_master_key",
            "sessions_have_distinct_hashes",
            "sessions_to_forget",
            "there_is_one_master_key",
            "users_have_ids_that_no_other_organization_has",
        ]
    );
}

#[test]
fn every_table_has_a_primary_key() {
    let without = lines_of_fresh(
        "SELECT c.relname::text AS line FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)",
    );
    assert_eq!(without, [""; 0]);
}

/// But for those to the master key, which is the same for all.
#[test]
fn every_reference_is_within_one_organization() {
    let across = lines_of_fresh(
        "SELECT k.conname::text AS line
         FROM pg_constraint k
         JOIN pg_attribute here ON here.attrelid = k.conrelid AND here.attnum = k.conkey[1]
         JOIN pg_attribute there ON there.attrelid = k.confrelid AND there.attnum = k.confkey[1]
         WHERE k.contype = 'f' AND k.confrelid <> 'organizations'::regclass
           AND (cardinality(k.conkey) < 2 OR here.attname <> 'org_id' OR there.attname <> 'org_id')
         ORDER BY 1",
    );
    assert_eq!(
        across,
        [
            "one_master_key_seals_all_second_factors",
            "one_master_key_seals_all_secrets",
        ]
    );
}

/// Every row belongs to an organization that exists, by a reference of its own or by that of what it
/// belongs to. Only what strangers tried, and the master key, belong to none. Entries of the trail and kept
/// answers are written beside what refers to the organization, in its transaction.
#[test]
fn every_table_leads_to_an_organization() {
    let adrift = lines_of_fresh(
        "SELECT c.relname::text AS line FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND c.relname NOT LIKE '\\_\\_%' AND c.relname <> 'organizations'
           AND NOT EXISTS (
               SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f'
                 AND NOT EXISTS (
                     SELECT FROM unnest(k.conkey) AS part(number)
                     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.number
                     WHERE NOT a.attnotnull))
         ORDER BY 1",
    );
    assert_eq!(
        adrift,
        [
            "audit_log",
            "kept_answers",
            "refused_attempts",
            "webhook_master_key",
        ]
    );
}

/// PostgreSQL names a constraint after its table and its kind when nobody else does.
#[test]
fn every_constraint_has_a_name_that_somebody_gave_it() {
    let unnamed = lines_of_fresh(
        "SELECT k.conname::text AS line FROM pg_constraint k
         JOIN pg_class c ON c.oid = k.conrelid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\\_\\_%'
           AND k.contype <> 'n'
           AND (k.conname ~ '_(pkey|fkey|key|check|excl)[0-9]*$'
                OR array_length(string_to_array(k.conname, '_'), 1) < 3)",
    );
    assert_eq!(unnamed, [""; 0]);
}

/// To delete or move what is referred to, PostgreSQL looks for those that refer to it.
#[test]
fn every_reference_can_be_followed_back_by_an_index() {
    let slow = lines_of_fresh(
        "SELECT k.conname::text AS line FROM pg_constraint k
         WHERE k.contype = 'f' AND k.confrelid <> 'organizations'::regclass
           AND NOT EXISTS (
               SELECT FROM pg_index i
               WHERE i.indrelid = k.conrelid AND k.conkey = (i.indkey::int2[])[0:1])",
    );
    assert_eq!(slow, [""; 0]);
}

/// What each table would be if organizations were spread over several databases is written down, so that
/// nobody adds one without a thought for it.
#[test]
fn every_table_has_its_place_where_organizations_are_spread() {
    let scaling = include_str!("../../../../docs/SCALING.md");
    let tables = lines_of_fresh(
        "SELECT c.relname::text AS line FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND c.relname NOT LIKE '\\_\\_%'",
    );
    assert!(tables.len() > 30, "{tables:?}");
    let unplaced: Vec<_> = tables
        .iter()
        .filter(|table| !scaling.contains(&format!("`{table}`")))
        .collect();
    assert_eq!(unplaced, [""; 0], "docs/SCALING.md says nothing of them");
}

/// Whoever spreads tables by the organization can keep nothing unique that does not hold it.
#[test]
fn what_is_unique_in_all_organizations_is_little() {
    let across = lines_of_fresh(
        "SELECT k.conrelid::regclass || ': ' || k.conname AS line
         FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\\_\\_%'
           AND k.contype IN ('p', 'u', 'x')
           AND NOT EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'org_id'
                             AND a.attnum = k.conkey[1])
         ORDER BY 1",
    );
    assert_eq!(
        across,
        [
            "api_keys: keys_have_distinct_hashes",
            "api_keys: keys_have_ids_that_no_other_organization_has",
            "console_sessions: sessions_have_distinct_hashes",
            "organizations: organizations_have_distinct_ids",
            "organizations: organizations_have_distinct_slugs",
            "refused_attempts: refused_attempts_have_distinct_ids",
            "sign_in_links: links_have_distinct_hashes",
            "users: users_have_ids_that_no_other_organization_has",
            "webhook_endpoints: endpoints_have_ids_that_no_other_organization_has",
            "webhook_master_key: master_keys_have_distinct_ids",
        ]
    );
}

/// A trigger runs where its row is; what it tells, or looks at, may be elsewhere.
#[test]
fn triggers_do_few_things() {
    let done = lines_of_fresh(
        "SELECT DISTINCT tgrelid::regclass || ': ' || tgfoid::regproc AS line FROM pg_trigger
         WHERE NOT tgisinternal ORDER BY 1",
    );
    assert_eq!(
        done,
        [
            "api_keys: tell_of_api_key",
            "performances: renew_collection_version",
            "productions: renew_collection_version",
            "users: keep_an_owner",
            "works: renew_collection_version",
        ]
    );
}
