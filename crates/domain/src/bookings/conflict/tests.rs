//! Gaps, in minutes.

use super::*;

const WITHIN: i64 = 1000;

fn minute(number: i64) -> Instant {
    let start: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    start
        .checked_add(Duration::minutes(number))
        .expect("years in range")
}

fn span((from, until): (i64, i64)) -> TimeSpan {
    TimeSpan::new(minute(from), minute(until)).expect("an end after its start")
}

/// The first gap after minute 0 that is 60 minutes long.
fn gap(held: &[(i64, i64)]) -> Option<i64> {
    let held = held.iter().copied().map(span);
    let gap = first_gap(held, span((0, 60)), Duration::minutes(WITHIN));
    gap.map(|gap| gap.since(minute(0)).whole_minutes())
}

#[test]
fn a_gap_begins_where_a_hold_ends() {
    assert_eq!(gap(&[(-30, 30)]), Some(30));
    assert_eq!(gap(&[(-30, 1)]), Some(1));
}

#[test]
fn a_gap_is_long_enough_when_it_just_is() {
    assert_eq!(gap(&[(0, 30), (90, 120)]), Some(30));
    assert_eq!(gap(&[(0, 30), (89, 120)]), Some(120));
}

#[test]
fn holds_may_come_in_any_order_and_overlap() {
    assert_eq!(gap(&[(300, 400), (90, 250), (0, 100), (20, 40)]), Some(400));
    assert_eq!(gap(&[(310, 400), (90, 250), (0, 100), (20, 40)]), Some(250));
}

#[test]
fn what_ends_before_is_no_beginning() {
    assert_eq!(gap(&[(-90, 0)]), None, "the beginning itself is not later");
    assert_eq!(gap(&[(-90, -30), (10, 20)]), Some(20));
    assert_eq!(gap(&[]), None);
}

#[test]
fn a_gap_is_looked_for_up_to_the_bound_which_counts() {
    assert_eq!(gap(&[(0, WITHIN)]), Some(WITHIN));
    assert_eq!(gap(&[(0, WITHIN + 1)]), None);
    assert_eq!(gap(&[(0, WITHIN), (WITHIN + 59, WITHIN + 70)]), None);
}

#[test]
fn nothing_begins_at_the_end_of_time() {
    let last: Instant = "9999-12-31T23:59:59.999Z".parse().expect("an instant");
    let hour = |before: i64| {
        let end = last.saturating_add(Duration::hours(-before));
        TimeSpan::new(end.saturating_add(-Duration::HOUR), end).expect("an hour")
    };
    let within = Duration::days(366);
    assert_eq!(first_gap([hour(0)], hour(0), within), None);
    assert_eq!(first_gap([hour(1)], hour(1), within), Some(hour(1).end()));
}
