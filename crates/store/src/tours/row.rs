//! A row of `tours`.

use std::borrow::Cow;

use diesel::prelude::*;
use org_domain::contacts::Country;
use org_domain::record::Record;
use org_domain::span::DateSpan;
use org_domain::tours::{DayType, Leg, Tour, TourStatus};
use org_kernel::field::FromText;
use org_kernel::text::Text;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::columns::{self, Choice, Json, Row};
use crate::error::corrupt;
use crate::schema::tours;

/// One leg in a list.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct LegValue<'a> {
    date: String,
    day_type: Cow<'a, str>,
    city: Option<Cow<'a, str>>,
    country: Option<Cow<'a, str>>,
    venue: Option<Cow<'a, str>>,
    notes: Option<Cow<'a, str>>,
}

impl Row for LegValue<'_> {
    type Item = Leg;

    fn into_item(self) -> QueryResult<Self::Item> {
        Ok(Leg {
            date: Date::from_text(&self.date).map_err(corrupt)?,
            day_type: DayType::from_text(&self.day_type).map_err(corrupt)?,
            city: self.city.map(Cow::into_owned).map(Text::stored),
            country: self.country.map(Cow::into_owned).map(Country::stored),
            venue: self.venue.map(Cow::into_owned).map(Text::stored),
            notes: self.notes.map(Cow::into_owned).map(Text::stored),
        })
    }
}

impl<'a> From<&'a Leg> for LegValue<'a> {
    fn from(leg: &'a Leg) -> Self {
        Self {
            date: leg.date.to_string(),
            day_type: leg.day_type.as_str().into(),
            city: leg.city.as_ref().map(|city| city.as_str().into()),
            country: leg.country.as_ref().map(|country| country.as_str().into()),
            venue: leg.venue.as_ref().map(|venue| venue.as_str().into()),
            notes: leg.notes.as_ref().map(|notes| notes.as_str().into()),
        }
    }
}

/// The list to store of a tour's legs.
pub(super) fn leg_values(legs: &[Leg]) -> Json<Vec<LegValue<'_>>> {
    Json(legs.iter().map(LegValue::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tours)]
pub(super) struct TourRow {
    id: Uuid,
    name: String,
    status: Choice<TourStatus>,
    start_date: Date,
    end_date: Date,
    legs: Json<Vec<LegValue<'static>>>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for TourRow {
    type Item = Record<Tour>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let dates = DateSpan::new(self.start_date, self.end_date);
        let facts = Tour {
            name: Text::stored(self.name),
            status: self.status.0,
            dates: dates.ok_or_else(|| corrupt("dates of a tour"))?,
            legs: columns::items(self.legs.0)?,
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}
