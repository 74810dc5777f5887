//! What is known of a tour.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::kind;
use org_kernel::text::{Line, Prose};
use time::Date;

use crate::contacts::Country;
use crate::record::Facts;
use crate::span::DateSpan;

choices! {
    /// How far a tour has come.
    pub enum TourStatus {
        Planning = "PLANNING",
        Confirmed = "CONFIRMED",
        InProgress = "IN_PROGRESS",
        Completed = "COMPLETED",
        Cancelled = "CANCELLED",
    }
}

choices! {
    /// What a day on tour is for.
    pub enum DayType {
        Travel = "TRAVEL",
        Performance = "PERFORMANCE",
        Rehearsal = "REHEARSAL",
        Free = "FREE",
        TravelAndPerformance = "TRAVEL_AND_PERFORMANCE",
    }
}

/// One day at one place; its position is its place in the list, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The day.
    pub date: Date,
    /// What it is for.
    pub day_type: DayType,
    /// The city.
    pub city: Option<Line<120>>,
    /// The country.
    pub country: Option<Country>,
    /// Where the orchestra plays.
    pub venue: Option<Line<200>>,
    /// What else there is to say.
    pub notes: Option<Prose<5000>>,
}

impl Leg {
    fn read(fields: &mut Fields) -> Option<Self> {
        fields.ignore(&["position"]);
        let date = fields.required("date");
        let day_type = fields.required("dayType");
        let city = fields.optional("city");
        let country = fields.optional("country");
        let venue = fields.optional("venue");
        let notes = fields.optional("notes");
        Some(Self {
            date: date?,
            day_type: day_type?,
            city,
            country,
            venue,
            notes,
        })
    }
}

/// A journey of the orchestra.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    /// Its name.
    pub name: Line<200>,
    /// How far it has come.
    pub status: TourStatus,
    /// Its first and last day.
    pub dates: DateSpan,
    /// Its days, in order.
    pub legs: Vec<Leg>,
}

impl Tour {
    /// The most legs that a tour can have.
    pub const MAX_LEGS: usize = 500;

    /// Reads the fields of a tour, `PLANNING` unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name");
        let status = fields.optional("status").unwrap_or(TourStatus::Planning);
        let dates = DateSpan::read(fields);
        let legs = fields.objects("legs", Self::MAX_LEGS, Leg::read);
        Some(Self {
            name: name?,
            status,
            dates: dates?,
            legs,
        })
    }
}

impl Facts for Tour {
    type Kind = kind::Tour;
}
