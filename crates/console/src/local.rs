//! Numbers and times as an organization writes them: in its locale, and in its time zone.
//!
//! The words around them are English. A locale that is not known to the data of Unicode's CLDR falls
//! back as that data says, in the end to a neutral form.

use std::borrow::Borrow;

use icu_calendar::Date;
use icu_calendar::cal::Iso;
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{T, YMD, YMDT};
use icu_datetime::input::{DateTime, Time};
use icu_datetime::options::TimePrecision;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use org_domain::organizations::Organization;
use org_kernel::instant::Instant;

/// Writes for one organization.
pub(crate) struct Local {
    zone: TimeZone,
    zone_name: String,
    locale: String,
    moments: DateTimeFormatter<YMDT>,
    exact_moments: DateTimeFormatter<YMDT>,
    days: DateTimeFormatter<YMD>,
    times: DateTimeFormatter<T>,
    numbers: DecimalFormatter,
}

impl Local {
    /// In the locale and the zone of an organization.
    pub(crate) fn of(organization: &Organization) -> Self {
        let zone = organization.time_zone.name();
        Self::new(organization.locale.as_str(), zone)
    }

    /// What is stored is of a known form; the neutral one is for whatever a later version stores. An
    /// extension that an earlier one took changes no calendar and no digits.
    pub(crate) fn new(locale: &str, zone: &str) -> Self {
        let known: Locale = locale.parse().unwrap_or(Locale::UNKNOWN);
        let known = Locale::from(known.id);
        let language = || (&known).into();
        let moments = |precision| {
            let fields = YMDT::medium().with_time_precision(precision);
            DateTimeFormatter::try_new((&known).into(), fields)
                .expect("every locale falls back to one that there is")
        };
        Self {
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            zone_name: zone.to_owned(),
            locale: known.to_string(),
            moments: moments(TimePrecision::Minute),
            exact_moments: moments(TimePrecision::Second),
            days: DateTimeFormatter::try_new((&known).into(), YMD::medium())
                .expect("every locale falls back to one that there is"),
            times: DateTimeFormatter::try_new((&known).into(), T::hm())
                .expect("every locale falls back to one that there is"),
            numbers: DecimalFormatter::try_new(
                language(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .expect("every locale falls back to one that there is"),
        }
    }

    /// `22 Nov 2026, 14:05`.
    pub(crate) fn moment(&self, at: impl Borrow<Instant>) -> String {
        self.moments.format(&self.shown(*at.borrow())).to_string()
    }

    /// `22 Nov 2026, 14:05:09`: where one thing follows another within a minute.
    pub(crate) fn exactly(&self, at: impl Borrow<Instant>) -> String {
        let shown = self.shown(*at.borrow());
        self.exact_moments.format(&shown).to_string()
    }

    /// `22 Nov 2026`: the day that it is in the zone.
    pub(crate) fn day(&self, at: impl Borrow<Instant>) -> String {
        self.days.format(&self.shown(*at.borrow()).date).to_string()
    }

    /// `22 Nov 2026`, of a day of no zone.
    pub(crate) fn date(&self, date: time::Date) -> String {
        self.days
            .format(&iso(date.year(), date.month().into(), date.day()))
            .to_string()
    }

    /// `14:05`.
    pub(crate) fn clock(&self, at: impl Borrow<Instant>) -> String {
        self.times
            .format(&self.shown(*at.borrow()).time)
            .to_string()
    }

    /// `1,234,567`.
    pub(crate) fn number(&self, number: impl Into<i128>) -> String {
        self.numbers
            .format(&Decimal::from(number.into()))
            .to_string()
    }

    /// The value that a `datetime-local` field has: `2026-11-22T14:05`.
    pub(crate) fn field(&self, at: impl Borrow<Instant>) -> String {
        let shown = self.zoned(*at.borrow());
        shown.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// `CEST`: what the zone's time is called at an instant.
    pub(crate) fn zone_at(&self, at: Instant) -> String {
        self.zoned(at).strftime("%Z").to_string()
    }

    /// The name of the zone.
    pub(crate) fn zone(&self) -> &str {
        &self.zone_name
    }

    /// The locale, as the `lang` of what is written in it.
    pub(crate) fn lang(&self) -> &str {
        &self.locale
    }

    fn zoned(&self, at: Instant) -> jiff::Zoned {
        let timestamp = Timestamp::from_millisecond(at.unix_milliseconds());
        timestamp
            .unwrap_or(Timestamp::MAX)
            .to_zoned(self.zone.clone())
    }

    fn shown(&self, at: Instant) -> DateTime<Iso> {
        let shown = self.zoned(at);
        let number = |number: i8| u8::try_from(number).unwrap_or_default();
        let time = Time::try_new(
            number(shown.hour()),
            number(shown.minute()),
            number(shown.second()),
            0,
        );
        DateTime {
            date: iso(
                shown.year().into(),
                number(shown.month()),
                number(shown.day()),
            ),
            time: time.expect("a time of a day"),
        }
    }
}

fn iso(year: i32, month: u8, day: u8) -> Date<Iso> {
    Date::try_new_iso(year, month, day).expect("a day of the calendar")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_moment_is_told_as_people_there_write_it() {
        let at = at("2026-07-01T22:05:09Z");
        for (locale, zone, told) in [
            ("en-GB", "Europe/London", "1 Jul 2026, 23:05"),
            ("en-US", "America/New_York", "Jul 1, 2026, 6:05\u{202f}PM"),
            ("de-AT", "Europe/Vienna", "02.07.2026, 00:05"),
            ("cs", "Europe/Prague", "2. 7. 2026 0:05"),
            ("en-GB-u-ca-islamic-nu-deva", "UTC", "1 Jul 2026, 22:05"),
            ("x-none", "UTC", "2026 M07 1 22:05"),
        ] {
            assert_eq!(Local::new(locale, zone).moment(at), told, "{locale}");
        }
    }

    #[test]
    fn a_number_is_grouped_as_people_there_group_it() {
        for (locale, told) in [
            ("en", "1,234,567"),
            ("de-AT", "1\u{a0}234\u{a0}567"),
            ("fr", "1\u{202f}234\u{202f}567"),
        ] {
            assert_eq!(
                Local::new(locale, "UTC").number(1_234_567),
                told,
                "{locale}"
            );
        }
    }

    #[test]
    fn the_value_of_a_field_is_what_browsers_ask_for() {
        let local = Local::new("cs", "Europe/Prague");
        assert_eq!(local.field(at("2026-01-31T23:30:59Z")), "2026-02-01T00:30");
    }

    #[test]
    fn a_moment_to_the_second_is_of_the_clock_that_people_there_read() {
        let at = at("2026-07-01T22:05:09.999Z");
        for (locale, zone, told) in [
            ("en-GB", "Europe/London", "1 Jul 2026, 23:05:09"),
            ("en-GB", "UTC", "1 Jul 2026, 22:05:09"),
            ("en-US", "UTC", "Jul 1, 2026, 10:05:09\u{202f}PM"),
            (
                "en-US",
                "America/New_York",
                "Jul 1, 2026, 6:05:09\u{202f}PM",
            ),
            ("de-AT", "Europe/Vienna", "02.07.2026, 00:05:09"),
        ] {
            assert_eq!(Local::new(locale, zone).exactly(at), told, "{locale}");
        }
    }
}
