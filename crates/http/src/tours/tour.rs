//! A tour, as it is answered.

use org_domain::{Record, tours as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Date, DayType, Instant, TourId, TourStatus, text};

/// A journey of the orchestra.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tour {
    id: TourId,
    name: String,
    status: TourStatus,
    /// Its first day.
    start_date: Date,
    /// Its last day.
    end_date: Date,
    /// In order.
    legs: Vec<Leg>,
    created_at: Instant,
    updated_at: Instant,
}

/// One day at one place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Leg {
    /// Its place in the tour, from 1.
    position: usize,
    date: Date,
    day_type: DayType,
    city: Option<String>,
    /// Two letters of ISO 3166-1.
    country: Option<String>,
    venue: Option<String>,
    notes: Option<String>,
}

impl Leg {
    fn at(position: usize, leg: domain::Leg) -> Self {
        Self {
            position,
            date: leg.date.into(),
            day_type: leg.day_type.into(),
            city: text(leg.city),
            country: text(leg.country),
            venue: text(leg.venue),
            notes: text(leg.notes),
        }
    }
}

impl From<Record<domain::Tour>> for Tour {
    fn from(record: Record<domain::Tour>) -> Self {
        let facts = record.facts;
        let legs = facts
            .legs
            .into_iter()
            .zip(1..)
            .map(|(leg, position)| Leg::at(position, leg));
        Self {
            id: record.id.into(),
            name: facts.name.into_string(),
            status: facts.status.into(),
            start_date: facts.dates.start().into(),
            end_date: facts.dates.end().into(),
            legs: legs.collect(),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Tour {
    fn example() -> Self {
        let leg = Leg {
            position: 1,
            date: Date::example("2026-05-04"),
            day_type: domain::DayType::TravelAndPerformance.into(),
            city: Some("Ljubljana".to_owned()),
            country: Some("SI".to_owned()),
            venue: Some("Cankarjev dom".to_owned()),
            notes: None,
        };
        Self {
            id: TourId::example(),
            name: "Adriatic tour".to_owned(),
            status: domain::TourStatus::Confirmed.into(),
            start_date: Date::example("2026-05-04"),
            end_date: Date::example("2026-05-09"),
            legs: vec![leg],
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-11-20T16:45:12.250Z"),
        }
    }
}
