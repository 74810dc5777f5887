//! Stretches of days and of time whose end does not come before their start.

use org_kernel::field::Fields;
use org_kernel::instant::Instant;
use time::{Date, Duration};

/// Days from a first to a last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateSpan {
    start: Date,
    end: Date,
}

impl DateSpan {
    /// `None` when `end` comes before `start`.
    pub fn new(start: Date, end: Date) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The first day.
    pub const fn start(self) -> Date {
        self.start
    }

    /// The last day.
    pub const fn end(self) -> Date {
        self.end
    }

    /// Reads the required fields `startDate` and `endDate`.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let (start, end) = (fields.required("startDate"), fields.required("endDate"));
        Self::new(start?, end?).or_else(|| fields.reject("endDate", "must not be before startDate"))
    }
}

/// Time from a start, included, to a later end, excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpan {
    start: Instant,
    end: Instant,
}

impl TimeSpan {
    /// `None` unless `end` comes after `start`.
    pub fn new(start: Instant, end: Instant) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The first instant.
    pub const fn start(self) -> Instant {
        self.start
    }

    /// The first instant after it.
    pub const fn end(self) -> Instant {
        self.end
    }

    /// How long it is.
    pub fn length(self) -> Duration {
        self.end.since(self.start)
    }

    /// True when some instant is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Reads the required fields `startAt` and `endAt`.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let (start, end) = (fields.required("startAt"), fields.required("endAt"));
        Self::new(start?, end?).or_else(|| fields.reject("endAt", "must be after startAt"))
    }
}
