//! Times that people type: what a `datetime-local` field sends, as clocks in the organization's zone show
//! it.

use org_domain::time_zone::TimeZone;
use org_kernel::field::{FromText, Invalid};
use org_kernel::instant::Instant;
use time::PrimitiveDateTime;
use time::format_description::FormatItem;
use time::macros::format_description;

use crate::form::Form;

/// Browsers leave the seconds out where they are nought.
const TYPED: &[FormatItem<'_>] = format_description!(
    "[year]-[month]-[day]T[hour]:[minute][optional [:[second][optional [.[subsecond]]]]]"
);

/// A date and a time of no zone.
struct Typed(PrimitiveDateTime);

impl FromText for Typed {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let typed = PrimitiveDateTime::parse(text, TYPED);
        typed
            .map(Self)
            .map_err(|_| Invalid::new("must be a date and a time, like 2026-03-14T19:30"))
    }
}

/// Reads a field that may be left empty.
pub(crate) fn optional(form: &mut Form, name: &str, zone: &TimeZone) -> Option<Instant> {
    let Typed(typed) = form.optional(name)?;
    let instant = zone.instant(typed.date(), typed.time());
    if instant.is_none() {
        form.reject(name, "must be in the years 1 to 9999");
    }
    instant
}

/// Reads a field that must be there.
pub(crate) fn required(form: &mut Form, name: &str, zone: &TimeZone) -> Option<Instant> {
    form.is_filled(name).then(|| optional(form, name, zone))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        let zone = TimeZone::from_text("Europe/Prague").expect("a zone");
        let mut form = Form::filled([("at", text.to_owned())]);
        let read = required(&mut form, "at", &zone);
        let read = read.map(|instant| instant.to_string());
        read.ok_or_else(|| form.error("at").expect("what is wrong").to_owned())
    }

    #[test]
    fn a_time_is_that_of_the_clocks_of_the_zone() {
        for (typed, expected) in [
            ("2026-07-01T12:30", "2026-07-01T10:30:00.000Z"),
            ("2026-01-01T00:00:05", "2025-12-31T23:00:05.000Z"),
            ("2026-01-01T12:30:05.25", "2026-01-01T11:30:05.000Z"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_says_what_one_looks_like() {
        for typed in [
            "2026-07-01",
            "12:30",
            "2026-02-30T12:30",
            "2026-07-01T24:00",
            "x",
        ] {
            let refused = read(typed).expect_err(typed);
            assert!(refused.contains("like 2026-03-14T19:30"), "{refused}");
        }
        assert_eq!(read(" "), Err("is required".to_owned()));
        let early = read("0001-01-01T00:00");
        assert_eq!(early, Err("must be in the years 1 to 9999".to_owned()));
    }
}
