//! A total is that of the rows beside it, whoever changed them.

use diesel::connection::SimpleConnection;
use org_domain::history::PerformanceQuery;
use org_domain::productions::ProductionQuery;
use org_domain::query::Lists;
use org_domain::repertoire::WorkQuery;
use org_kernel::id::OrgId;
use org_kernel::page::PageRequest;
use org_store::Pg;

use super::{ground, of_words, page, run};
use crate::support::store_organization;

/// The total of all performances, which must be that of the page.
fn total(pg: &Pg, org: OrgId) -> u64 {
    let page = page(pg, org, &PerformanceQuery::default(), 1);
    assert_eq!(page.items.len() as u64, page.total.min(100));
    page.total
}

#[test]
fn a_total_is_counted_once_for_each_state_of_a_collection() {
    let (database, pg, org) = ground();
    run(&database, "SELECT add(1, 7, '2020-01-01', 'one')");
    for _ in 0..3 {
        assert_eq!(total(&pg, org), 7);
    }
    let figures = pg.totals_figures();
    assert_eq!((figures.hits, figures.misses), (2, 1));
    run(&database, "SELECT add(1, 1, '2020-01-01', 'one')");
    assert_eq!(total(&pg, org), 8);
    let figures = pg.totals_figures();
    assert_eq!((figures.hits, figures.misses), (2, 2));
}

#[test]
fn whoever_changes_rows_changes_the_total() {
    let (database, pg, org) = ground();
    assert_eq!(total(&pg, org), 0);
    let statements = [
        ("SELECT add(1, 7, '2020-01-01', 'one')", 7, 7),
        (
            "UPDATE performances SET search_text = 'two'
             WHERE id IN (SELECT id FROM performances LIMIT 3)",
            7,
            4,
        ),
        ("DELETE FROM performances WHERE search_text = 'two'", 4, 4),
        (
            "BEGIN; SELECT add(1, 5, '2020-01-01', 'one'); ROLLBACK",
            4,
            4,
        ),
        (
            "INSERT INTO performances SELECT * FROM performances
             ON CONFLICT (org_id, id) DO UPDATE SET search_text = 'three'",
            4,
            0,
        ),
        ("TRUNCATE performances", 0, 0),
    ];
    for (statement, all, ones) in statements {
        run(&database, statement);
        // Asked twice, so that what is remembered is asked for too, and is old for the next one.
        for _ in 0..2 {
            assert_eq!(total(&pg, org), all, "{statement}");
            let found = page(&pg, org, &of_words("one"), 1);
            assert_eq!(found.total, ones, "{statement}");
        }
    }
}

#[test]
fn a_change_that_is_not_committed_is_not_counted() {
    let (database, pg, org) = ground();
    run(&database, "SELECT add(1, 7, '2020-01-01', 'one')");
    assert_eq!(total(&pg, org), 7);
    let mut other = database.connection();
    let begun = other.batch_execute("BEGIN; SELECT add(1, 1, '2020-01-01', 'one')");
    begun.expect("it begins");
    assert_eq!(total(&pg, org), 7);
    other.batch_execute("COMMIT").expect("it ends");
    assert_eq!(total(&pg, org), 8);
}

#[test]
fn servers_and_organizations_do_not_mislead_one_another() {
    let (database, pg, org) = ground();
    let (server, neighbour) = (database.pg(), store_organization(&pg, 2, "org-2"));
    for number in 1..4 {
        run(
            &database,
            "SELECT add(1, 1, '2020-01-01', 'one'), add(2, 2, '2020-01-01', 'one')",
        );
        for pg in [&pg, &server] {
            let before = pg.totals_figures();
            for _ in 0..2 {
                assert_eq!(total(pg, org), number);
                assert_eq!(total(pg, neighbour), 2 * number);
            }
            let after = pg.totals_figures();
            let (hits, misses) = (after.hits - before.hits, after.misses - before.misses);
            assert_eq!((hits, misses), (2, 2), "each of its own");
        }
    }
}

/// Anybody can invent words.
#[test]
fn the_total_of_a_search_that_is_always_counted_takes_no_place() {
    let (database, pg, org) = ground();
    run(&database, "SELECT add(1, 7, '2020-01-01', 'one')");
    for word in ["one", "on", "nothing", "one"] {
        page(&pg, org, &of_words(word), 1);
    }
    let figures = pg.totals_figures();
    assert_eq!((figures.hits, figures.misses), (0, 0));
}

#[test]
fn the_total_of_a_search_that_many_rows_match_is_remembered_while_it_is_so() {
    let (database, pg, org) = ground();
    run(&database, "SELECT add(1, 5001, '2020-01-01', 'one')");
    let found = || page(&pg, org, &of_words("one"), 1).total;
    assert_eq!((found(), found()), (5001, 5001));
    let figures = pg.totals_figures();
    assert_eq!((figures.hits, figures.misses), (1, 1));
    run(
        &database,
        "DELETE FROM performances WHERE id IN (SELECT id FROM performances LIMIT 4000)",
    );
    assert_eq!((found(), found()), (1001, 1001));
    let after = pg.totals_figures();
    assert_eq!((after.hits, after.misses), (1, 1));
}

#[test]
fn every_collection_whose_total_is_remembered_has_a_version() {
    let (database, pg, org) = ground();
    let id = "lpad('1', 32, '0')::uuid";
    let totals = || {
        let first = PageRequest::default();
        let productions = pg.list(org, &ProductionQuery::default(), first);
        let works = pg.list(org, &WorkQuery::default(), first);
        (
            productions.expect("a page").total,
            works.expect("a page").total,
        )
    };
    assert_eq!(totals(), (0, 0));
    run(
        &database,
        &format!(
            "INSERT INTO productions (org_id, id, title, type, status, start_date, end_date,
                                      search_text, created_at, updated_at)
             VALUES ({id}, {id}, 'x', 'OTHER', 'DRAFT', now(), now(), 'x', now(), now())"
        ),
    );
    assert_eq!(totals(), (1, 0));
    run(
        &database,
        &format!(
            "INSERT INTO works (org_id, id, title, composer, movements, rights, composer_folded,
                                title_folded, search_text, created_at, updated_at)
             VALUES ({id}, {id}, 'x', 'x', '[]', 'UNKNOWN', 'x', 'x', 'x', now(), now())"
        ),
    );
    assert_eq!(totals(), (1, 1));
    run(&database, "DELETE FROM productions");
    assert_eq!(totals(), (0, 1));
    run(&database, "DELETE FROM works");
    assert_eq!(totals(), (0, 0));
}
