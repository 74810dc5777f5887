//! The stretch of time that a list of services looks at.

use org_kernel::field::{FromText, Invalid};
use org_kernel::instant::Instant;
use time::{Date, Duration};

use crate::span::TimeSpan;
use crate::time_zone::TimeZone;

/// One end of a window, as a caller writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A whole day.
    Day(Date),
    /// A point in time.
    Moment(Instant),
}

impl FromText for Edge {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        if text.len() <= 10 {
            return Date::from_text(text).map(Self::Day);
        }
        Instant::from_text(text).map(Self::Moment)
    }
}

/// A window would end before it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inverted;

/// Time from a start, included, to an end, excluded, either of which may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    start: Option<Instant>,
    end: Option<Instant>,
}

impl Window {
    /// `None` when the end comes before the start.
    pub fn new(start: Option<Instant>, end: Option<Instant>) -> Option<Self> {
        let inverted = start.zip(end).is_some_and(|(start, end)| start > end);
        (!inverted).then_some(Self { start, end })
    }

    /// The first instant; open when `None`.
    pub const fn start(self) -> Option<Instant> {
        self.start
    }

    /// The first instant after it; open when `None`.
    pub const fn end(self) -> Option<Instant> {
        self.end
    }

    /// True when the window holds no time at all, and so overlaps nothing.
    pub fn is_empty(self) -> bool {
        self.start.is_some() && self.start == self.end
    }

    /// True when some instant is in both.
    pub fn overlaps(self, time: TimeSpan) -> bool {
        !self.is_empty()
            && self.start.is_none_or(|start| time.end() > start)
            && self.end.is_none_or(|end| time.start() < end)
    }

    /// The window between edges that are no days; `None` when one is, and a zone is needed.
    pub(super) fn of_instants(
        from: Option<Edge>,
        to: Option<Edge>,
    ) -> Option<Result<Self, Inverted>> {
        let moment = |edge| match edge {
            None => Some(None),
            Some(Edge::Moment(instant)) => Some(Some(instant)),
            Some(Edge::Day(_)) => None,
        };
        Some(Self::new(moment(from)?, moment(to)?).ok_or(Inverted))
    }

    /// The window in which the day `from` begins and the day `to` ends, in `zone`.
    /// `None` when it would end before it begins.
    pub(super) fn in_zone(from: Option<Edge>, to: Option<Edge>, zone: &TimeZone) -> Option<Self> {
        let start = from.and_then(|edge| match edge {
            Edge::Day(date) => zone.start_of_day(date),
            Edge::Moment(instant) => Some(instant),
        });
        let end = to.and_then(|edge| match edge {
            Edge::Day(date) => date.next_day().and_then(|next| zone.start_of_day(next)),
            Edge::Moment(instant) => Some(instant),
        });
        let last = match to {
            Some(Edge::Day(_)) => end.and_then(|end| end.checked_add(Duration::milliseconds(-1))),
            _ => end,
        };
        Self::new(start, last).map(|_| Self { start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(text: &str) -> Edge {
        Edge::from_text(text).expect("an edge")
    }

    fn in_vienna(from: &str, to: &str) -> Option<Window> {
        let zone = TimeZone::from_text("Europe/Vienna").expect("a zone");
        Window::in_zone(Some(edge(from)), Some(edge(to)), &zone)
    }

    fn instant(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_day_is_the_zones_and_the_last_one_is_included() {
        let window = in_vienna("2026-03-29", "2026-03-29").expect("a window");
        assert_eq!(window.start(), Some(instant("2026-03-28T23:00:00Z")));
        assert_eq!(
            window.end(),
            Some(instant("2026-03-29T22:00:00Z")),
            "a day of 23 hours"
        );
    }

    #[test]
    fn the_last_day_of_all_is_a_day() {
        let window = in_vienna("9999-12-31", "9999-12-31").expect("a window");
        assert_eq!(window.start(), Some(instant("9999-12-30T23:00:00Z")));
        assert_eq!(window.end(), None, "nothing comes after it");
        let before = in_vienna("9999-12-30", "9999-12-30").expect("a window");
        assert_eq!(before.end(), window.start());
    }

    #[test]
    fn a_window_does_not_end_before_it_begins() {
        assert_eq!(in_vienna("2026-03-02", "2026-03-01"), None);
        assert_eq!(in_vienna("2026-03-02T00:00:00+01:00", "2026-03-01"), None);
        assert_eq!(in_vienna("2026-03-02", "2026-03-01T23:59:59+01:00"), None);
        assert!(in_vienna("2026-03-01T23:59:59+01:00", "2026-03-01").is_some());
    }

    #[test]
    fn an_overlap_needs_an_instant_in_both() {
        let concert = TimeSpan::new(
            instant("2026-03-01T19:00:00Z"),
            instant("2026-03-01T21:00:00Z"),
        );
        let concert = concert.expect("a span");
        let overlaps = |from: &str, to: &str| {
            Window::new(Some(instant(from)), Some(instant(to)))
                .expect("a window")
                .overlaps(concert)
        };
        assert!(overlaps("2026-03-01T20:59:59Z", "2026-03-01T23:00:00Z"));
        assert!(!overlaps("2026-03-01T21:00:00Z", "2026-03-01T23:00:00Z"));
        assert!(!overlaps("2026-03-01T18:00:00Z", "2026-03-01T19:00:00Z"));
        assert!(
            !overlaps("2026-03-01T20:00:00Z", "2026-03-01T20:00:00Z"),
            "an empty window"
        );
        assert!(Window::default().overlaps(concert));
    }
}
