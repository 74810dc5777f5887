//! The days that a request is for.

use org_kernel::field::Fields;
use time::Date;

/// Days from a first to a last, both included, or from a first on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestDates {
    start: Date,
    end: Option<Date>,
}

impl RequestDates {
    /// `None` when `end` comes before `start`.
    pub fn new(start: Date, end: Option<Date>) -> Option<Self> {
        end.is_none_or(|end| start <= end)
            .then_some(Self { start, end })
    }

    /// The first day.
    pub const fn start(self) -> Date {
        self.start
    }

    /// The last day, if there is one.
    pub const fn end(self) -> Option<Date> {
        self.end
    }

    /// Reads the fields `startDate` and `endDate`, of which either both may be left out or the second.
    pub(super) fn read(fields: &mut Fields) -> Option<Self> {
        let has_start = fields.has("startDate");
        let (start, end) = (fields.optional("startDate"), fields.optional("endDate"));
        match (start, end) {
            (None, Some(_)) if !has_start => fields.reject("endDate", "needs a startDate"),
            (None, _) => None,
            (Some(start), end) => Self::new(start, end)
                .or_else(|| fields.reject("endDate", "must not be before startDate")),
        }
    }
}
