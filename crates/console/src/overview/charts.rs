//! The last hours as charts.
//!
//! A column is an hour of time, not one of a clock: when clocks are set back, two columns bear the same
//! time of day and are told apart by what the zone's time is called then; when they are set forward, a
//! time of day is missing, and no column.

use std::time::Duration;

use org_auth::traffic::Traffic;
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::figures::Deliveries;

use super::facts::Facts;
use crate::chart::{Chart, Column, Figures};
use crate::deliveries::Shown;
use crate::local::Local;
use crate::not_done::NotDone;

/// The charts, from the top of the page to its end.
pub(super) fn charts(facts: &Facts, local: &Local) -> [Chart; 3] {
    let labels = labels(facts, local);
    let draw = |figures| Chart::draw(figures, local);
    [
        draw(requests(facts, &labels, local)),
        draw(durations(facts, &labels, local)),
        draw(deliveries(facts, &labels, local)),
    ]
}

fn requests(facts: &Facts, labels: &[String], local: &Local) -> Figures<'static> {
    let column = |traffic: &Traffic| NotDone::from(*traffic).series(traffic.requests());
    let columns = labels.iter().zip(&facts.hours);
    Figures {
        title: "Requests by the hour",
        summary: told_of_requests(&facts.traffic(), local),
        each: "Hour from",
        series: &NotDone::SERIES,
        unit: "",
        columns: columns
            .map(|(label, hour)| Column::of(label.clone(), column(&hour.traffic)))
            .collect(),
    }
}

fn told_of_requests(all: &Traffic, local: &Local) -> String {
    if all.requests() == 0 {
        return "There were no requests in the last 24 hours.".to_owned();
    }
    let not_done = NotDone::from(*all).told(local);
    let requests = local.number(all.requests());
    format!("{requests} in the last 24 hours. {not_done}")
}

fn durations(facts: &Facts, labels: &[String], local: &Local) -> Figures<'static> {
    let column = |traffic: &Traffic| traffic.took.percentile(95).map(milliseconds);
    let columns = labels.iter().zip(&facts.hours);
    Figures {
        title: "95% of requests were answered within",
        summary: told_of_durations(&facts.traffic(), local),
        each: "Hour from",
        series: &["Within"],
        unit: "ms",
        columns: columns
            .map(|(label, hour)| Column::maybe(label.clone(), column(&hour.traffic)))
            .collect(),
    }
}

fn told_of_durations(all: &Traffic, local: &Local) -> String {
    let within = |percent| {
        let took = all.took.percentile(percent)?;
        Some(local.number(milliseconds(took)))
    };
    match (within(50), within(95), within(99)) {
        (Some(p50), Some(p95), Some(p99)) => format!(
            "Of the last 24 hours: half within {p50}\u{a0}ms, 95% within {p95}\u{a0}ms, 99% within \
             {p99}\u{a0}ms."
        ),
        _ => "There is nothing to measure.".to_owned(),
    }
}

/// Rounded up: it is the time within which so many were answered.
fn milliseconds(took: Duration) -> u64 {
    let rounded_up = took.as_micros().div_ceil(1000);
    u64::try_from(rounded_up).unwrap_or(u64::MAX)
}

/// The parts of the last chart in the words of the log, from the ground up.
const STATUSES: [&str; 4] = [
    Shown(DeliveryStatus::Delivered).word(),
    Shown(DeliveryStatus::Pending).word(),
    Shown(DeliveryStatus::Failed).word(),
    Shown(DeliveryStatus::Exhausted).word(),
];

fn deliveries(facts: &Facts, labels: &[String], local: &Local) -> Figures<'static> {
    let column = |all: &Deliveries| [all.delivered, all.pending, all.failed, all.exhausted];
    let columns = labels.iter().zip(&facts.hours);
    Figures {
        title: "Deliveries by the hour they were made",
        summary: told_of_deliveries(facts.deliveries(), local),
        each: "Hour from",
        series: &STATUSES,
        unit: "",
        columns: columns
            .map(|(label, hour)| Column::of(label.clone(), column(&hour.deliveries)))
            .collect(),
    }
}

fn told_of_deliveries(all: Deliveries, local: &Local) -> String {
    if all.total() == 0 {
        return "There were no deliveries in the last 24 hours. Tests are not counted.".to_owned();
    }
    let [total, delivered, pending, failed, exhausted] = [
        all.total(),
        all.delivered,
        all.pending,
        all.failed,
        all.exhausted,
    ]
    .map(|count| local.number(count));
    format!(
        "{total} in the last 24 hours: {delivered} delivered, {pending} pending, {failed} failed (to be \
         tried again), and {exhausted} exhausted. Tests are not counted."
    )
}

/// The time of day at which each hour begins.
fn labels(facts: &Facts, local: &Local) -> Vec<String> {
    let begins = || facts.hours.iter().map(|hour| hour.hour.begins());
    let times: Vec<_> = begins().map(|at| local.clock(at)).collect();
    let is_twice = |time: &String| times.iter().filter(|other| *other == time).count() > 1;
    let labels = begins().zip(&times).map(|(at, time)| {
        if is_twice(time) {
            format!("{time} {}", local.zone_at(at))
        } else {
            time.clone()
        }
    });
    labels.collect()
}
