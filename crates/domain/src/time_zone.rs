//! Time zones of the IANA database, in which an organization's days begin and end.

use std::fmt;
use std::sync::LazyLock;

use jiff::civil;
use jiff::tz::{TimeZone as Rules, TimeZoneDatabase};
use org_kernel::field::{FromText, Invalid};
use org_kernel::instant::Instant;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// The database on board. That of the machine may have other names beside, of which some are no zones:
/// what the machine's own clock shows, and copies that count leap seconds.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// What the database has for clocks that nobody has set.
const NO_ZONE: &str = "Factory";

/// A zone such as `Europe/Vienna`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeZone {
    name: String,
    rules: Rules,
}

impl TimeZone {
    /// The names of all zones, in no order.
    pub fn names() -> impl Iterator<Item = String> {
        let names = DATABASE.available().map(|name| name.to_string());
        names.filter(|name| name != NO_ZONE)
    }

    /// The zone's name in the IANA database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first instant of a day; `None` outside the years 1 to 9999.
    pub fn start_of_day(&self, date: Date) -> Option<Instant> {
        self.instant(date, Time::MIDNIGHT)
    }

    /// The instant at which clocks in the zone show `date` and `time`.
    ///
    /// A time that a change of clocks skips counts from before the change; of one that happens
    /// twice, the first is meant. `None` outside the years 1 to 9999.
    pub fn instant(&self, date: Date, time: Time) -> Option<Instant> {
        let shown = civil::date(
            i16::try_from(date.year()).ok()?,
            as_i8(date.month().into())?,
            as_i8(date.day())?,
        )
        .at(
            as_i8(time.hour())?,
            as_i8(time.minute())?,
            as_i8(time.second())?,
            0,
        );
        let moment = match self.rules.to_ambiguous_timestamp(shown).compatible() {
            Ok(timestamp) => OffsetDateTime::from_unix_timestamp(timestamp.as_second()).ok()?,
            Err(_) => self.beyond_the_database(date, time)?,
        };
        let in_range = (1..=9999).contains(&moment.year());
        in_range.then(|| Instant::from(moment))
    }

    /// The last two days of the year 9999, which the database's own instants do not reach: they keep
    /// the last offset that it knows.
    fn beyond_the_database(&self, date: Date, time: Time) -> Option<OffsetDateTime> {
        let offset = self.rules.to_offset(jiff::Timestamp::MAX).seconds();
        let offset = UtcOffset::from_whole_seconds(offset).ok()?;
        PrimitiveDateTime::new(date, time)
            .assume_offset(offset)
            .checked_to_offset(UtcOffset::UTC)
    }

    /// The day that it is in the zone at `instant`.
    pub fn date_at(&self, instant: Instant) -> Option<Date> {
        let timestamp = jiff::Timestamp::from_millisecond(instant.unix_milliseconds()).ok()?;
        let shown = self.rules.to_datetime(timestamp).date();
        let month = time::Month::try_from(u8::try_from(shown.month()).ok()?).ok()?;
        Date::from_calendar_date(shown.year().into(), month, u8::try_from(shown.day()).ok()?).ok()
    }
}

fn as_i8(number: u8) -> Option<i8> {
    i8::try_from(number).ok()
}

impl FromText for TimeZone {
    /// The name is written as the database writes it, whatever the case it came in.
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let refusal = || Invalid::new("must be an IANA time zone like Europe/Vienna");
        let rules = DATABASE.get(text).map_err(|_| refusal())?;
        let name = rules.iana_name().ok_or_else(refusal)?.to_owned();
        if name == NO_ZONE {
            return Err(refusal());
        }
        Ok(Self { name, rules })
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, time};

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::from_text(name).expect("a zone")
    }

    #[test]
    fn an_evening_in_new_york_is_a_night_in_utc() {
        let instant = zone("America/New_York").instant(date!(2024 - 09 - 12), time!(19:30));
        assert_eq!(
            instant.expect("an instant").to_string(),
            "2024-09-12T23:30:00.000Z"
        );
    }

    #[test]
    fn before_time_zones_local_mean_time_counts() {
        let instant = zone("America/New_York").instant(date!(1842 - 12 - 07), time!(20:00));
        assert_eq!(
            instant.expect("an instant").to_string(),
            "1842-12-08T00:56:02.000Z"
        );
    }

    #[test]
    fn a_day_begins_where_its_midnight_is_skipped() {
        let start = zone("America/Sao_Paulo").start_of_day(date!(2018 - 11 - 04));
        assert_eq!(
            start.expect("an instant").to_string(),
            "2018-11-04T03:00:00.000Z"
        );
    }

    #[test]
    fn the_day_of_an_instant_is_the_zones() {
        let instant = "2026-01-01T00:30:00Z".parse().expect("an instant");
        assert_eq!(
            zone("America/New_York").date_at(instant),
            Some(date!(2025 - 12 - 31))
        );
    }

    #[test]
    fn the_last_days_of_all_have_their_beginning() {
        let start = |name, date| zone(name).start_of_day(date).map(|start| start.to_string());
        let last = date!(9999 - 12 - 31);
        assert_eq!(
            start("Europe/Vienna", last).as_deref(),
            Some("9999-12-30T23:00:00.000Z")
        );
        assert_eq!(
            start("America/New_York", last).as_deref(),
            Some("9999-12-31T05:00:00.000Z")
        );
        assert_eq!(
            start("Europe/Vienna", date!(0001 - 01 - 01)),
            None,
            "in the year before"
        );
    }

    #[test]
    fn every_name_is_a_zones() {
        let names: Vec<_> = TimeZone::names().collect();
        assert!(names.len() > 400, "{}", names.len());
        for name in names {
            assert_eq!(zone(&name).name(), name);
        }
    }

    #[test]
    fn only_known_zones_are_zones() {
        assert_eq!(zone("europe/vienna").name(), "Europe/Vienna");
        for name in [
            "",
            "Vienna",
            "Europe/Vienna ",
            "../etc/passwd",
            "CET-1",
            "+01:00",
            "Etc/Unknown",
            "factory",
            "localtime",
            "posixrules",
            "posix/Europe/Vienna",
            "right/Europe/Vienna",
        ] {
            assert!(TimeZone::from_text(name).is_err(), "{name}");
        }
    }
}
