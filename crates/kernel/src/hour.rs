//! Hours, in which things are counted.

use crate::instant::Instant;
use time::Duration;

const MILLISECONDS: i64 = 3_600_000;

/// An hour of UTC, told by the instant of its beginning. Where clocks are set to half hours, it does not
/// begin with one of theirs; but it is an hour long on every day of the year, wherever that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour(Instant);

impl Hour {
    /// The hour that an instant is in.
    pub fn of(at: Instant) -> Self {
        let past = at.unix_milliseconds().rem_euclid(MILLISECONDS);
        Self(at.saturating_add(-Duration::milliseconds(past)))
    }

    /// The instant of its beginning.
    pub const fn begins(self) -> Instant {
        self.0
    }

    /// The last `count` hours that have begun at `now`, the one that `now` is in being the last.
    pub fn last(count: u16, now: Instant) -> impl Iterator<Item = Self> {
        let current = Self::of(now).0;
        let back = (0..i64::from(count)).rev().map(Duration::hours);
        back.map(move |back| Self(current.saturating_add(-back)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn an_hour_lasts_from_its_first_millisecond_to_its_last() {
        for text in [
            "2026-03-14T18:00:00.000Z",
            "2026-03-14T18:59:59.999Z",
            "2026-03-14T23:45:00+05:30",
        ] {
            assert_eq!(
                Hour::of(at(text)).begins(),
                at("2026-03-14T18:00:00Z"),
                "{text}"
            );
        }
        let before_1970 = Hour::of(at("1969-12-31T23:30:00Z"));
        assert_eq!(before_1970.begins(), at("1969-12-31T23:00:00Z"));
    }

    #[test]
    fn the_last_hours_end_with_this_one() {
        let hours: Vec<_> = Hour::last(3, at("2026-03-14T01:02:03Z")).collect();
        let expected = [
            "2026-03-13T23:00Z",
            "2026-03-14T00:00Z",
            "2026-03-14T01:00Z",
        ];
        let expected = expected.map(|text| text.replace(":00Z", ":00:00Z"));
        assert_eq!(hours, expected.map(|text| Hour(at(&text))));
    }
}
