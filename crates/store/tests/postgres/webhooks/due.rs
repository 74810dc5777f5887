//! Nothing that is done again and again reads what is finished, however much of that there is.
//!
//! The plans are asked for of the very statements that run, with the values of the moment and without
//! any, as PostgreSQL plans a statement once it keeps it.

mod finished;
mod plan;

use self::finished::Finished;
use self::plan::Plan;

/// The statement for a page in an order, which reads the columns of these files.
macro_rules! page {
    ($order:literal, $($columns:literal),+) => {
        concat!(
            $(include_str!(concat!("../../../src/webhooks/log/", $columns)),)+
            include_str!("../../../src/webhooks/log/page.sql"),
            include_str!(concat!("../../../src/webhooks/log/", $order)),
        )
    };
}

const CLAIM: &str = include_str!("../../../src/webhooks/outgoing/claim.sql");
const LOCK: &str = include_str!("../../../src/webhooks/outgoing/lock.sql");
const RECORD: &str = include_str!("../../../src/webhooks/outgoing/record.sql");
const FORGET: &str = include_str!("../../../src/webhooks/log/forget.sql");
const COUNT: &str = include_str!("../../../src/webhooks/log/count.sql");
/// A page of the log in either order, without what is sent and with it.
const PAGES: [&str; 4] = [
    page!("oldest_first.sql", "listed.sql"),
    page!("newest_first.sql", "listed.sql"),
    page!("oldest_first.sql", "listed.sql", "signed.sql"),
    page!("newest_first.sql", "listed.sql", "signed.sql"),
];
const PART: &str = include_str!("../../../src/webhooks/log/part.sql");
const BY_HOUR: &str = include_str!("../../../src/webhooks/figures/by_hour.sql");
const NEWEST: &str = include_str!("../../../src/webhooks/figures/newest.sql");
const WAITING: &str = include_str!("../../../src/webhooks/waiting.sql");
const PLACE_UNHEARD: &str = include_str!("../../../src/webhooks/fan_out/place_unheard.sql");
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

/// Of 20,000 endpoints. One page for each of them would be too much: a sender claims every second.
#[test]
fn a_claim_reads_nothing_of_endpoints_that_nothing_waits_for() {
    let finished = Finished::among_idle_endpoints();
    for run in finished.runs(CLAIM, &claim_now()) {
        assert_reads_by_index(&run, "webhook_deliveries", "deliveries_that_are_due");
        assert!(run.pages() < 2_000, "{} pages: {run}", run.pages());
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
    for (statement, parameters) in [(RECORD, &parameters[..]), (LOCK, &parameters[..2])] {
        for plan in finished.plans(statement, parameters) {
            let key = "deliveries_have_distinct_ids";
            assert_reads_by_index(&plan, "webhook_deliveries", key);
        }
    }
}

#[test]
fn to_forget_reads_what_is_old() {
    let finished = Finished::some();
    let parameters = [("timestamptz", "'2020-01-01Z'"), ("bigint", "500")];
    let parameters = parameters.map(|(kind, value)| (kind, value.to_owned()));
    for plan in finished.plans(FORGET, &parameters) {
        assert_reads_by_index(
            &plan,
            "webhook_deliveries",
            "deliveries_that_may_be_forgotten",
        );
    }
}

#[test]
fn the_backlog_is_found_without_reading_what_is_dispatched() {
    let finished = Finished::some();
    for plan in finished.plans(BACKLOG, &[]) {
        assert_reads_by_index(&plan, "events", "events_to_dispatch");
    }
}

/// However many events wait, and PostgreSQL may not know yet that there are any.
#[test]
fn each_event_is_placed_without_being_compared_with_what_waits() {
    let finished = Finished::some();
    finished.let_events_wait(2_000);
    let orgs = ("uuid[]", format!("ARRAY[{}::uuid]", finished::ORG));
    let most = ("bigint", "100".to_owned());
    for run in finished.runs(PLACE_UNHEARD, &[orgs, most]) {
        assert_eq!(run.compared_in_vain(), 0, "{run}");
    }
}

/// Whoever asks for the figures of a server asks again and again.
#[test]
fn what_waits_is_counted_without_reading_what_is_finished() {
    let finished = Finished::some();
    for run in finished.runs(WAITING, &[("bigint", "50000".to_owned())]) {
        for (table, index) in [
            ("webhook_deliveries", "deliveries_that_are_due"),
            ("events", "events_to_dispatch"),
        ] {
            let all = run
                .nodes_on(table)
                .iter()
                .any(|(kind, _)| kind == "Seq Scan");
            assert!(!all && run.to_string().contains(index), "{table}: {run}");
        }
        assert!(run.pages() < 200, "{} pages: {run}", run.pages());
    }
    let waiting = finished.waiting();
    assert_eq!((waiting.events, waiting.failed), (10, finished::DUE as u64));
    assert_eq!((waiting.pending, waiting.paused), (0, 0));
    assert!(waiting.oldest.is_some());
}

/// Of 100,000.
#[test]
fn what_waits_is_counted_up_to_a_number() {
    assert_eq!(Finished::with_too_much_due().waiting().pending, 50_000);
}

/// Nor do those of endpoints that are disabled, or deleted, or that are behind themselves, which hide nothing.
#[test]
fn what_waits_for_some_hides_nothing_of_others() {
    for (change, [pending, failed, paused]) in [
        ("enabled = false", [0, 1, 50_000]),
        ("enabled = false, deleted_at = now()", [0, 1, 0]),
        ("enabled = true", [49_999, 1, 0]),
    ] {
        let waiting = Finished::with_one_late_beside_many(change).waiting();
        let counted = [waiting.pending, waiting.failed, waiting.paused];
        assert_eq!(counted, [pending, failed, paused], "{change}");
        assert!(
            Finished::knows_the_late_one(&waiting),
            "{change}: {waiting:?}"
        );
    }
}

/// An endpoint that is behind has more than its share where the others leave theirs.
#[test]
fn what_waits_is_counted_whole_as_far_as_there_is_room() {
    let waiting = Finished::with_most_at_one_endpoint().waiting();
    assert_eq!(waiting.pending, finished::MOST_AT_ONE + 10);
}

/// Which deliveries a page has.
#[derive(Clone, Copy)]
struct Filter<'a> {
    endpoint: &'a str,
    status: &'a str,
    event_type: &'a str,
}

const ANY: Filter<'_> = Filter {
    endpoint: "NULL",
    status: "NULL",
    event_type: "NULL",
};

/// Holds every page that a filter asks for to reading no table from end to end, and this index.
fn assert_pages_are_found_by(finished: &Finished, filter: Filter<'_>, index: &str) {
    for statement in PAGES {
        for place in ["NULL", "now() - interval '10 s'"] {
            for (span, after) in [("NULL", place), (place, "NULL")] {
                let [plan, _] = finished.plans(statement, &page(filter, span, after));
                assert!(plan.finds_by(index), "{index}: {plan}");
            }
        }
    }
}

/// What asks for a page of an organization's deliveries, the first of them or one that goes on.
fn page(filter: Filter<'_>, span: &str, after: &str) -> [(&'static str, String); 9] {
    [
        ("uuid", finished::ORG),
        ("uuid", filter.endpoint),
        ("text", filter.status),
        ("text", filter.event_type),
        ("timestamptz", span),
        ("timestamptz", "now()"),
        ("timestamptz", after),
        ("uuid", finished::ORG),
        ("bigint", "500"),
    ]
    .map(|(kind, value)| (kind, value.to_owned()))
}

/// A page is planned each time, with the values of the moment.
#[test]
fn a_page_of_the_log_reads_no_more_than_it_has() {
    let finished = Finished::some();
    let of_status = |status| Filter { status, ..ANY };
    let here = Filter {
        endpoint: finished::ENDPOINT,
        ..ANY
    };
    let rare = Filter {
        event_type: finished::RARE,
        ..ANY
    };
    let pending_here = Filter {
        status: "'PENDING'",
        ..here
    };
    for (filter, index) in [
        (ANY, "deliveries_in_order"),
        (here, "deliveries_to_an_endpoint_in_order"),
        (rare, "deliveries_of_a_type_in_order"),
        (of_status("'FAILED'"), "deliveries_that_did_not_arrive"),
        (of_status("'EXHAUSTED'"), "deliveries_that_did_not_arrive"),
        (pending_here, "deliveries_that_did_not_arrive"),
    ] {
        assert_pages_are_found_by(&finished, filter, index);
    }
}

/// On a server that only records, nothing arrives, and there is much that did not.
#[test]
fn a_page_of_what_arrived_reads_nothing_of_what_did_not() {
    let recorded = Finished::recorded();
    let arrived = Filter {
        status: "'DELIVERED'",
        ..ANY
    };
    assert_pages_are_found_by(&recorded, arrived, "deliveries_that_arrived");
}

#[test]
fn the_deliveries_of_a_replay_are_counted_by_the_index_of_their_endpoint() {
    let finished = Finished::some();
    let parameters = [
        ("uuid", finished::ORG),
        ("uuid", finished::ENDPOINT),
        ("timestamptz", "now() - interval '10 s'"),
        ("timestamptz", "now()"),
        ("bigint", "100001"),
    ];
    let parameters = parameters.map(|(kind, value)| (kind, value.to_owned()));
    for plan in finished.plans(COUNT, &parameters) {
        let index = "deliveries_to_an_endpoint_in_order";
        assert!(plan.finds_by(index), "{plan}");
    }
}

#[test]
fn a_part_of_a_replay_reads_no_more_than_it_has() {
    let finished = Finished::some();
    let parameters = [
        ("uuid", finished::ORG),
        ("uuid", finished::ENDPOINT),
        ("timestamptz", "now() - interval '10 s'"),
        ("uuid", finished::ORG),
        ("timestamptz", "now()"),
        ("bigint", "1001"),
    ];
    let parameters = parameters.map(|(kind, value)| (kind, value.to_owned()));
    for plan in finished.plans(PART, &parameters) {
        let index = "deliveries_to_an_endpoint_in_order";
        assert!(plan.finds_by(index), "{plan}");
    }
}

/// The hours of a day are counted without the days before it, and the newest deliveries found without the
/// others. Both are planned each time, with the values of the moment.
#[test]
fn figures_read_no_more_than_they_count() {
    let finished = Finished::some();
    let org = ("uuid", finished::ORG.to_owned());
    let since = ("timestamptz", "now() - interval '100 ms'".to_owned());
    let [hours, _] = finished.runs(BY_HOUR, &[org.clone(), since]);
    assert!(hours.finds_by("deliveries_in_order"), "{hours}");
    let endpoints = ("uuid[]", format!("ARRAY[{}::uuid]", finished::ENDPOINT));
    let [newest, _] = finished.runs(NEWEST, &[org, endpoints]);
    let index = "deliveries_to_an_endpoint_in_order";
    assert_reads_by_index(&newest, "webhook_deliveries", index);
    for run in [hours, newest] {
        assert!(run.pages() < 200, "{} pages: {run}", run.pages());
    }
}
