//! The rows, as the tests look at them.

use org_kernel::instant::Instant;
use serde_json::Value;
use time::macros::date;
use time::{Date, Duration};

/// The day on which tests look that do not care which day it is.
pub(crate) const SOME_DAY: Date = date!(2026 - 11 - 22);

/// The rows of one kind.
pub(crate) fn of_kind(rows: &[Value], kind: &str) -> Vec<Value> {
    let wanted = rows.iter().filter(|row| row["kind"] == kind);
    wanted.cloned().collect()
}

/// The text of a field that has one.
pub(crate) fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} is a text in {row}"))
}

pub(crate) fn instant(row: &Value, field: &str) -> Instant {
    text(row, field).parse().expect("an instant")
}

/// The day that the row's own offset gives it.
pub(crate) fn local_date<'a>(row: &'a Value, field: &str) -> &'a str {
    &text(row, field)[..10]
}

/// Days over twelve seasons, a prime number apart, so that every part of a season is met.
pub(crate) fn many_days() -> impl Iterator<Item = Date> {
    (0..80).map(|step| date!(2024 - 01 - 01) + Duration::days(step * 53))
}

/// One day in each of as many seasons as the calendar needs to repeat itself.
pub(crate) fn many_seasons() -> impl Iterator<Item = Date> {
    (2020..2048).map(|year| {
        Date::from_calendar_date(year, time::Month::October, 1).expect("a day of every year")
    })
}
