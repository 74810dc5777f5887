//! The season as a calendar of its own.
//!
//! A season is planned in weeks, counted from the first Monday of September, so that a Thursday's
//! concert stays on a Thursday whatever the year. What hangs on a date of the civil calendar, as
//! New Year's Eve does, keeps that date.

use jiff::civil::{self, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

/// The zone in which the orchestra is at home.
pub(crate) const TIME_ZONE: &str = "Europe/Vienna";

/// The first month of a season.
const FIRST_MONTH: i8 = 9;

/// A season, by the year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Season(i16);

impl Season {
    /// The season in which `date` lies.
    pub(crate) fn containing(date: civil::Date) -> Self {
        let begun = date.month() >= FIRST_MONTH;
        Self(if begun { date.year() } else { date.year() - 1 })
    }

    /// The season's name, as in `2026-27`.
    pub(crate) fn name(self) -> String {
        format!("{}-{:02}", self.0, (self.0 + 1) % 100)
    }

    /// The day on which something that is planned as `start` begins.
    pub(crate) fn day(self, start: Start) -> civil::Date {
        match start {
            Start::Week(week) => self.first_monday() + (week * 7).days(),
            Start::WeekOfLastSeason(week) => Self(self.0 - 1).day(Start::Week(week)),
            Start::WeekOfNextSeason(week) => Self(self.0 + 1).day(Start::Week(week)),
            Start::On(month, day) => {
                let next_year = i16::from(month < FIRST_MONTH);
                civil::date(self.0 + next_year, month, day)
            }
        }
    }

    fn first_monday(self) -> civil::Date {
        civil::date(self.0, FIRST_MONTH, 1)
            .nth_weekday_of_month(1, Weekday::Monday)
            .expect("every month has a Monday")
    }
}

/// Where in the calendar something begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    /// On the Monday of a week of the season, counted from 0.
    Week(i32),
    /// The same, a season earlier.
    WeekOfLastSeason(i32),
    /// The same, a season later.
    WeekOfNextSeason(i32),
    /// On a month's day.
    On(i8, i8),
}

/// Where something lies, seen from the day for which the rows are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Past,
    Present,
    Future,
}

/// The day for which the rows are made, and the clocks of the place.
pub(crate) struct Today {
    date: civil::Date,
    zone: TimeZone,
}

impl Today {
    pub(crate) fn new(date: time::Date) -> Self {
        let date = i16::try_from(date.year())
            .ok()
            .zip(i8::try_from(date.day()).ok())
            .and_then(|(year, day)| civil::Date::new(year, month_number(date.month()), day).ok())
            .expect("a day of one calendar is a day of the other");
        let zone = TimeZone::get(TIME_ZONE).expect("the bundled database knows every zone");
        Self { date, zone }
    }

    pub(crate) const fn date(&self) -> civil::Date {
        self.date
    }

    pub(crate) fn season(&self) -> Season {
        Season::containing(self.date)
    }

    /// Where days from `first` to `last` lie; what ends today is not over yet.
    pub(crate) fn phase(&self, first: civil::Date, last: civil::Date) -> Phase {
        if last < self.date {
            Phase::Past
        } else if first <= self.date {
            Phase::Present
        } else {
            Phase::Future
        }
    }

    /// The moment at which the clocks of the place show `time` on `date`.
    ///
    /// Nothing is called in the hours of a night in which clocks change, so there is one such
    /// moment.
    pub(crate) fn moment(&self, date: civil::Date, time: Time) -> Zoned {
        date.to_datetime(time)
            .to_zoned(self.zone.clone())
            .expect("a moment within the calendar")
    }
}

/// The moment in RFC 3339, to the second, with the offset that counts at it.
pub(crate) fn written(moment: &Zoned) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A time of day.
pub(crate) const fn at(hour: i8, minute: i8) -> Time {
    civil::time(hour, minute, 0, 0)
}

fn month_number(month: time::Month) -> i8 {
    u8::from(month).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_season_turns_with_september() {
        let name = |year, month, day| Season::containing(civil::date(year, month, day)).name();
        assert_eq!(name(2026, 8, 31), "2025-26");
        assert_eq!(name(2026, 9, 1), "2026-27");
        assert_eq!(name(1999, 12, 31), "1999-00");
    }

    #[test]
    fn weeks_begin_on_mondays_and_dates_of_the_civil_calendar_stay() {
        let season = Season(2026);
        assert_eq!(season.day(Start::Week(0)), civil::date(2026, 9, 7));
        assert_eq!(season.day(Start::Week(20)), civil::date(2027, 1, 25));
        assert_eq!(season.day(Start::On(12, 31)), civil::date(2026, 12, 31));
        assert_eq!(season.day(Start::On(1, 1)), civil::date(2027, 1, 1));
        assert_eq!(
            season.day(Start::WeekOfLastSeason(0)),
            civil::date(2025, 9, 1)
        );
        assert_eq!(
            season.day(Start::WeekOfNextSeason(0)),
            civil::date(2027, 9, 6)
        );
    }

    #[test]
    fn offsets_follow_the_changes_of_the_clocks() {
        let today = Today::new(time::macros::date!(2026 - 11 - 22));
        let evening = |month, day| {
            let moment = today.moment(civil::date(2026, month, day), at(19, 30));
            written(&moment)
        };
        assert_eq!(evening(10, 24), "2026-10-24T19:30:00+02:00");
        assert_eq!(evening(10, 25), "2026-10-25T19:30:00+01:00");
        assert_eq!(evening(3, 28), "2026-03-28T19:30:00+01:00");
        assert_eq!(evening(3, 29), "2026-03-29T19:30:00+02:00");
    }
}
