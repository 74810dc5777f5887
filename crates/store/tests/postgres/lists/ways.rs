//! Whichever way leads to a page, it is the same page.

use org_domain::history::PerformanceQuery;
use org_domain::query::Query;

use super::{ground, of_words, page, run};

/// Performances that all have one word; most have another besides, and a few old ones a third.
const ROWS: &str = "SELECT add(1, 400, '1980-01-01', 'common rare');
                    SELECT add(1, 6000, '2000-01-01', 'common usual')";

/// Each page of the list that is asked for has the rows that it has when everything is counted, which
/// another store does, who remembers nothing.
fn pages_agree(query: &PerformanceQuery, numbers: &[u32], total: u64) {
    let (database, warm, org) = ground();
    run(&database, ROWS);
    page(&warm, org, query, 1);
    for number in numbers {
        let cold = page(&database.pg(), org, query, *number);
        let given = page(&warm, org, query, *number);
        assert_eq!(given, cold, "page {number}");
        assert_eq!(given.total, total);
        let in_order = given
            .items
            .is_sorted_by(|one, other| PerformanceQuery::order(one, other).is_lt());
        assert!(in_order, "page {number}");
        let before = u64::from(number - 1) * 100;
        let left = total.saturating_sub(before).min(100);
        assert_eq!(given.items.len() as u64, left, "page {number}");
    }
}

#[test]
fn pages_of_a_long_list_are_the_same_from_both_ends() {
    // The first, deep ones on both sides of the middle, the last, and none.
    let numbers = [1, 2, 7, 31, 34, 58, 60, 63, 64, 65, u32::MAX];
    pages_agree(&PerformanceQuery::default(), &numbers, 6_400);
}

#[test]
fn pages_of_what_many_match_are_the_same_from_both_ends() {
    pages_agree(&of_words("common"), &[1, 5, 6, 30, 59, 60, 64, 65], 6_400);
    pages_agree(&of_words("co"), &[1, 5, 6, 30, 59, 60, 64, 65], 6_400);
    pages_agree(&of_words("common usual"), &[1, 5, 6, 60, 61], 6_000);
}

#[test]
fn pages_of_what_few_match_are_the_same() {
    pages_agree(&of_words("rare"), &[1, 2, 4, 5], 400);
    pages_agree(&of_words("ra"), &[1, 2, 4, 5], 400);
}

/// More rows than are looked at in order are newer than all that match, and there are many that match.
#[test]
fn what_is_not_found_in_order_is_looked_up() {
    let (database, pg, org) = ground();
    run(
        &database,
        "SELECT add(1, 5001, '1950-01-01', 'old');
         SELECT add(1, 20000, '2000-01-01', 'new')",
    );
    for number in [1, 2, 51] {
        let cold = page(&database.pg(), org, &of_words("old"), number);
        assert_eq!(cold.total, 5_001);
        for _ in 0..2 {
            assert_eq!(page(&pg, org, &of_words("old"), number), cold);
        }
    }
    let figures = pg.totals_figures();
    assert!(figures.hits > 0, "the last page is found from the end");
    assert!(figures.misses > 2, "the first ones are looked up");
}
