//! A demonstration orchestra: one season of a philharmonic that does not exist.
//!
//! The works are real, with their facts as they are commonly catalogued; people, halls and series
//! are invented. The season is the one that contains the day it is made for, so that there is
//! always something behind and something ahead, while the performances of earlier seasons keep
//! their dates for good. Everything leaves the crate as rows of an import, each of which refers to
//! earlier rows alone, so that the demonstration takes the way into the database that anybody's
//! data takes.
#![warn(missing_docs)]

mod calendar;
mod contacts;
mod instruments;
mod members;
mod names;
mod performances;
mod productions;
mod reports;
mod resources;
mod services;
mod soloists;
mod tours;
mod works;

use serde_json::Value;
use time::Date;

use crate::calendar::Today;

/// The organization that the rows belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its name in paths.
    pub slug: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The IANA name of the zone in which its days begin and end.
    pub time_zone: &'static str,
}

/// The organization that the rows belong to.
pub const fn organization() -> Organization {
    Organization {
        slug: "demo-philharmonic",
        name: names::ORCHESTRA,
        time_zone: calendar::TIME_ZONE,
    }
}

/// The rows of the import, each a JSON object, in an order in which every reference is to an
/// earlier row.
///
/// The same day always makes the same rows. Another day moves dates, and the statuses that follow
/// from them; external ids and all else stay, so that importing again is an update.
///
/// # Panics
///
/// When `today` is so near to an end of the calendar that the season before or after its own lies
/// beyond it.
pub fn rows(today: Date) -> Vec<Value> {
    let today = Today::new(today);
    let collections = [
        works::rows(),
        members::rows(),
        resources::rows(),
        instruments::rows(),
        productions::rows(&today),
        services::rows(&today),
        tours::rows(&today),
        reports::rows(&today),
        performances::rows(),
        contacts::rows(),
    ];
    collections.into_iter().flatten().collect()
}

/// The same rows as NDJSON: one object a line, each line with its line feed.
///
/// # Panics
///
/// As [`rows`] does.
pub fn ndjson(today: Date) -> String {
    let mut lines = String::new();
    for row in rows(today) {
        lines.push_str(&row.to_string());
        lines.push('\n');
    }
    lines
}
