//! Nothing that is done again and again reads what is finished, however much of that there is.
//!
//! The plans are asked for of the very statements that run, with the values of the moment and without
//! any, as PostgreSQL plans a statement once it keeps it.

mod finished;
mod plan;

use self::finished::Finished;
use self::plan::Plan;

const CLAIM: &str = include_str!("../../../src/webhooks/outgoing/claim.sql");
const RECORD: &str = include_str!("../../../src/webhooks/outgoing/record.sql");
const FORGET: &str = include_str!("../../../src/webhooks/log/forget.sql");
const BACKLOG: &str = include_str!("../../../src/webhooks/fan_out/backlog.sql");

fn claim_now() -> [(&'static str, String); 7] {
    [
        ("timestamptz", "now()"),
        ("timestamptz", "now() + interval '30 s'"),
        ("uuid[]", "'{}'"),
        ("bigint[]", "'{}'"),
        ("bigint", "8"),
        ("bigint", "200"),
        ("text", "'stopped'"),
    ]
    .map(|(kind, value)| (kind, value.to_owned()))
}

/// Holds a plan to reading a table by its indexes, this one among them.
fn assert_reads_by_index(plan: &Plan, table: &str, index: &str) {
    let nodes = plan.nodes_on(table);
    assert!(!nodes.is_empty(), "the plan reads {table}: {plan}");
    for (kind, _) in &nodes {
        assert_ne!(kind, "Seq Scan", "{plan}");
    }
    let by_index = nodes.iter().any(|(_, name)| name == index);
    assert!(by_index, "the plan reads {index}: {plan}");
}

#[test]
fn a_claim_reads_what_is_due_and_not_what_is_finished() {
    let finished = Finished::many();
    for plan in finished.plans(CLAIM, &claim_now()) {
        assert_reads_by_index(&plan, "webhook_deliveries", "deliveries_that_are_due");
    }
    assert_eq!(finished.claim(), finished::DUE);
}

/// Also when the table was never looked at since it was empty, and much is due.
#[test]
fn a_claim_reads_no_more_than_it_takes_when_all_is_due() {
    let finished = Finished::with_all_due();
    for plan in finished.plans(CLAIM, &claim_now()) {
        assert_reads_by_index(&plan, "webhook_deliveries", "deliveries_that_are_due");
    }
}

#[test]
fn to_record_reads_the_deliveries_that_were_attempted() {
    let finished = Finished::some();
    // One array for each column, as long as a busy sender's.
    let parameters = [
        ("uuid[]", "gen_random_uuid()"),
        ("uuid[]", "gen_random_uuid()"),
        ("integer[]", "1"),
        ("timestamptz[]", "now()"),
        ("integer[]", "1"),
        ("smallint[]", "200::smallint"),
        ("text[]", "'x'::text"),
        ("text[]", "NULL::text"),
        ("jsonb[]", "'{}'::jsonb"),
        ("timestamptz[]", "now()"),
        ("text[]", "'DELIVERED'::text"),
        ("integer[]", "0"),
        ("timestamptz[]", "NULL::timestamptz"),
    ];
    let parameters =
        parameters.map(|(kind, value)| (kind, format!("array_fill({value}, '{{200}}')")));
    for plan in finished.plans(RECORD, &parameters) {
        let key = "deliveries_have_distinct_ids";
        assert_reads_by_index(&plan, "webhook_deliveries", key);
    }
}

#[test]
fn to_forget_reads_what_is_old() {
    let finished = Finished::some();
    let parameters = [("timestamptz", "'2020-01-01Z'"), ("bigint", "500")];
    let parameters = parameters.map(|(kind, value)| (kind, value.to_owned()));
    for plan in finished.plans(FORGET, &parameters) {
        assert_reads_by_index(&plan, "webhook_deliveries", "deliveries_by_age");
    }
}

#[test]
fn the_backlog_is_found_without_reading_what_is_dispatched() {
    let finished = Finished::some();
    for plan in finished.plans(BACKLOG, &[]) {
        assert_reads_by_index(&plan, "events", "events_to_dispatch");
    }
}
