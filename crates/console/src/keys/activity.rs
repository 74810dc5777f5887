//! How much a key was used, day by day.

use std::collections::BTreeMap;

use org_auth::usage::{KeyDay, Tally};
use time::{Date, Duration};

use crate::chart::{Chart, Column, Figures};
use crate::local::Local;
use crate::not_done::NotDone;

/// So many days are shown, today included.
pub(super) const DAYS: i64 = 30;

/// The days that end with `today`, from the first on.
pub(super) fn since(today: Date) -> Date {
    today
        .checked_sub(Duration::days(DAYS - 1))
        .unwrap_or(Date::MIN)
}

/// What is shown of it.
pub(super) struct Activity {
    pub(super) chart: Chart,
    /// The day on which a limit was met last.
    pub(super) limited_last: Option<String>,
}

impl Activity {
    /// Of the days that are stored, where those without a request are missing.
    pub(super) fn of(days: &[KeyDay], today: Date, local: &Local) -> Self {
        let stored: BTreeMap<_, _> = days.iter().map(|day| (day.day, day.tally)).collect();
        let mut total = Tally::default();
        let mut columns = Vec::new();
        let first = since(today);
        for day in (0..DAYS).filter_map(|number| first.checked_add(Duration::days(number))) {
            let tally = stored.get(&day).copied().unwrap_or_default();
            total += tally;
            columns.push(Column::of(local.date(day), parts(&tally)));
        }
        let met = |day: &&KeyDay| day.tally.limited > 0;
        let last = days.iter().filter(met).map(|day| day.day).max();
        Self {
            chart: Chart::draw(
                Figures {
                    title: "Requests a day (UTC)",
                    summary: summary(&total, local),
                    each: "Day (UTC)",
                    series: &NotDone::SERIES,
                    unit: "",
                    columns,
                },
                local,
            ),
            limited_last: last.map(|day| local.date(day)),
        }
    }
}

fn parts(tally: &Tally) -> [u64; 4] {
    NotDone::from(*tally).series(tally.reads + tally.writes)
}

fn summary(total: &Tally, local: &Local) -> String {
    let all = total.reads + total.writes;
    if all == 0 {
        return format!("No request in the last {DAYS} days.");
    }
    let not_done = NotDone::from(*total).told(local);
    let [all, reads, writes] = [all, total.reads, total.writes].map(|count| local.number(count));
    format!("{all} in the last {DAYS} days: {reads} read, {writes} wrote. {not_done}")
}
