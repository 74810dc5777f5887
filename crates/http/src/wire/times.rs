//! Instants and dates.

use org_kernel::field::FromText;
use org_kernel::instant;
use serde::ser::Error;
use serde::{Serialize, Serializer};
use utoipa::openapi::{KnownFormat, RefOr, Schema, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::input::Described;
use crate::schemas::{self, Schemas};

/// A point in time, written in UTC with `Z` and milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Instant(instant::Instant);

impl Instant {
    /// An instant for examples.
    pub(crate) fn example(text: &str) -> Self {
        Self(text.parse().expect("an instant"))
    }
}

impl From<instant::Instant> for Instant {
    fn from(instant: instant::Instant) -> Self {
        Self(instant)
    }
}

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        schemas::text("2026-03-14T18:30:00.000Z")
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("A point in time: RFC 3339 in UTC, with milliseconds."))
            .into()
    }
}

impl ToSchema for Instant {}

/// A day, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Date(time::Date);

impl Date {
    /// A day for examples.
    pub(crate) fn example(text: &str) -> Self {
        Self(time::Date::from_text(text).expect("a date"))
    }
}

impl From<time::Date> for Date {
    fn from(date: time::Date) -> Self {
        Self(date)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = [0; "-9999-12-31".len()];
        let written = self.0.format_into(&mut text.as_mut_slice(), instant::DATE);
        let text = str::from_utf8(&text[..written.map_err(S::Error::custom)?]);
        serializer.serialize_str(text.map_err(S::Error::custom)?)
    }
}

impl PartialSchema for Date {
    fn schema() -> RefOr<Schema> {
        schemas::text("2026-03-14")
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .description(Some("A day: YYYY-MM-DD."))
            .into()
    }
}

impl ToSchema for Date {}

impl Described for time::Date {
    fn schema(schemas: &mut Schemas) -> RefOr<Schema> {
        schemas.refer::<Date>()
    }
}
