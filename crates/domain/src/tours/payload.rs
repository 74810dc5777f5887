//! The event `tour.updated`.

use org_kernel::id::TourId;
use org_kernel::instant::Instant;
use serde::Serialize;

use super::{Leg, Tour};
use crate::desk::Told;
use crate::events::event;
use crate::record::Record;

/// A tour as the API shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TourPayload<'a> {
    id: TourId,
    name: &'a str,
    status: &'static str,
    start_date: String,
    end_date: String,
    legs: Vec<LegPayload<'a>>,
    created_at: Instant,
    updated_at: Instant,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LegPayload<'a> {
    position: usize,
    date: String,
    day_type: &'static str,
    city: Option<&'a str>,
    country: Option<String>,
    venue: Option<&'a str>,
    notes: Option<&'a str>,
}

impl<'a> LegPayload<'a> {
    fn of((place, leg): (usize, &'a Leg)) -> Self {
        Self {
            position: place + 1,
            date: leg.date.to_string(),
            day_type: leg.day_type.as_str(),
            city: leg.city.as_ref().map(AsRef::as_ref),
            country: leg.country.as_ref().map(ToString::to_string),
            venue: leg.venue.as_ref().map(AsRef::as_ref),
            notes: leg.notes.as_ref().map(AsRef::as_ref),
        }
    }
}

impl<'a> From<&'a Record<Tour>> for TourPayload<'a> {
    fn from(record: &'a Record<Tour>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            name: facts.name.as_ref(),
            status: facts.status.as_str(),
            start_date: facts.dates.start().to_string(),
            end_date: facts.dates.end().to_string(),
            legs: facts.legs.iter().enumerate().map(LegPayload::of).collect(),
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// A tour was changed.
    TourUpdated(TourPayload) = "tour.updated"
}

impl Told for Tour {
    type View<'a> = TourPayload<'a>;
    type Updated<'a> = TourUpdated<'a>;
}
