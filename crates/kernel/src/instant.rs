//! Instants and dates, as the API reads and writes them.
//!
//! An [`Instant`] is a point in time to the millisecond, in the years 1 to 9999. It is read from
//! RFC 3339 with any offset and written in UTC with `Z` and three digits of milliseconds; what is
//! finer is cut off. A date is a [`time::Date`] of the same years, written `YYYY-MM-DD`.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use time::format_description::FormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::{datetime, format_description};
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, UtcOffset};

use crate::field::{FromText, Invalid};

const WRITTEN: &[FormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
const LOCAL: &[FormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond]]]");
/// How a date is written.
pub const DATE: &[FormatItem<'_>] = format_description!("[year]-[month]-[day]");
const NANOSECONDS_PER_MILLISECOND: u32 = 1_000_000;

/// A point in time, in UTC, to the millisecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(OffsetDateTime);

impl Instant {
    /// The instant in UTC.
    pub const fn to_utc(self) -> OffsetDateTime {
        self.0
    }

    /// The instant `by` later; `None` outside the years 1 to 9999.
    pub fn checked_add(self, by: Duration) -> Option<Self> {
        self.0.checked_add(by).filter(in_range).map(Self::from)
    }

    /// The instant `by` later, or the last (or first) one there is.
    #[must_use]
    pub fn saturating_add(self, by: Duration) -> Self {
        let end = if by.is_negative() {
            datetime!(0001-01-01 00:00 UTC)
        } else {
            datetime!(9999-12-31 23:59:59.999 UTC)
        };
        self.checked_add(by).unwrap_or(Self(end))
    }

    /// How much later this is than `earlier`.
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }

    /// Milliseconds since 1970, negative before.
    pub fn unix_milliseconds(self) -> i64 {
        self.0.unix_timestamp() * 1000 + i64::from(self.0.millisecond())
    }
}

impl From<OffsetDateTime> for Instant {
    /// Cuts off what is finer than a millisecond.
    fn from(moment: OffsetDateTime) -> Self {
        let utc = moment.to_offset(UtcOffset::UTC);
        let whole = utc.nanosecond() / NANOSECONDS_PER_MILLISECOND * NANOSECONDS_PER_MILLISECOND;
        Self(
            utc.replace_nanosecond(whole)
                .expect("fewer nanoseconds than there were"),
        )
    }
}

impl FromText for Instant {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) else {
            return Err(refusal(text));
        };
        let utc = moment.checked_to_offset(UtcOffset::UTC).filter(in_range);
        utc.map(Self::from)
            .ok_or(Invalid::new("must be in the years 1 to 9999"))
    }
}

/// The commonest slip, a missing offset, has its own message.
fn refusal(text: &str) -> Invalid {
    match PrimitiveDateTime::parse(text, LOCAL) {
        Ok(_) => Invalid::new("must have a UTC offset"),
        Err(_) => Invalid::new("must be an RFC 3339 instant like 2026-03-14T19:30:00+01:00"),
    }
}

fn in_range(moment: &OffsetDateTime) -> bool {
    (1..=9999).contains(&moment.year())
}

impl FromStr for Instant {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::from_text(text)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; "-9999-12-31T23:59:59.999Z".len()];
        let written = self.0.format_into(&mut text.as_mut_slice(), WRITTEN);
        let text = &text[..written.map_err(|_| fmt::Error)?];
        f.write_str(str::from_utf8(text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromText for Date {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let date = (text.len() == 10)
            .then(|| Date::parse(text, DATE).ok())
            .flatten();
        date.filter(|date| date.year() >= 1)
            .ok_or(Invalid::new("must be a date that exists, like 2026-03-14"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_ends_with_the_years_that_can_be_written() {
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        let (first, last) = (at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59.999Z"));
        let hour = Duration::HOUR;
        assert_eq!(last.saturating_add(hour), last);
        assert_eq!(first.saturating_add(-hour), first);
        assert_eq!(first.saturating_add(hour).since(first), hour);
    }

    fn written(text: &str) -> String {
        Instant::from_text(text).expect(text).to_string()
    }

    #[test]
    fn any_offset_is_read_and_utc_is_written() {
        assert_eq!(
            written("2026-03-14T19:30:00+01:00"),
            "2026-03-14T18:30:00.000Z"
        );
        assert_eq!(
            written("2026-03-14T19:30:00.5-05:30"),
            "2026-03-15T01:00:00.500Z"
        );
        assert_eq!(written("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00.000Z");
    }

    #[test]
    fn what_is_finer_than_a_millisecond_is_cut_off() {
        assert_eq!(
            written("2026-03-14T19:30:00.999999999Z"),
            "2026-03-14T19:30:00.999Z"
        );
        assert_eq!(
            written("1842-12-07T20:00:00.0019Z"),
            "1842-12-07T20:00:00.001Z"
        );
    }

    #[test]
    fn each_refusal_says_what_is_wrong() {
        for (text, message) in [
            ("2026-03-14T19:30:00", "must have a UTC offset"),
            ("2026-03-14T19:30:00.25", "must have a UTC offset"),
            (
                "9999-12-31T23:59:59-01:00",
                "must be in the years 1 to 9999",
            ),
            (
                "0001-01-01T00:00:00+01:00",
                "must be in the years 1 to 9999",
            ),
        ] {
            assert_eq!(
                Instant::from_text(text).unwrap_err().to_string(),
                message,
                "{text}"
            );
        }
        for text in [
            "2026-02-30T10:00:00Z",
            "2026-03-14",
            "14 March",
            "2026-03-14T24:00:00Z",
        ] {
            let message = Instant::from_text(text).unwrap_err().to_string();
            assert!(
                message.starts_with("must be an RFC 3339 instant"),
                "{text}: {message}"
            );
        }
    }

    #[test]
    fn only_dates_that_exist_are_dates() {
        assert_eq!(
            Date::from_text("2024-02-29")
                .expect("a leap day")
                .to_string(),
            "2024-02-29"
        );
        for text in [
            "2023-02-29",
            "2024-2-9",
            "0000-01-01",
            "+2024-02-1",
            "20240229",
            "2024-02-29 ",
        ] {
            assert!(Date::from_text(text).is_err(), "{text}");
        }
    }
}
