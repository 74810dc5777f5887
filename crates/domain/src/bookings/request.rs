//! What somebody wants to book.

#[cfg(test)]
mod tests;

use org_kernel::field::Fields;
use org_kernel::id::ResourceId;
use org_kernel::text::{Line, Prose};
use time::Duration;

use super::Booking;
use crate::foreign::Foreign;
use crate::resources::Resource;
use crate::span::TimeSpan;

/// A booking that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingRequest {
    /// What to book.
    pub resource_id: ResourceId,
    /// What for.
    pub title: Line<200>,
    /// When; at most [`BookingRequest::LONGEST`].
    span: TimeSpan,
    /// What else there is to say.
    pub notes: Option<Prose<5000>>,
}

impl BookingRequest {
    /// The longest that one booking lasts.
    pub const LONGEST: Duration = Duration::days(366);

    /// `None` when the span is longer than a booking may last.
    pub fn new(resource_id: ResourceId, title: Line<200>, span: TimeSpan) -> Option<Self> {
        (span.length() <= Self::LONGEST).then_some(Self {
            resource_id,
            title,
            span,
            notes: None,
        })
    }

    /// When.
    pub const fn span(&self) -> TimeSpan {
        self.span
    }

    /// Reads the fields of a new booking. An id that is none is that of no resource.
    pub fn read(fields: &mut Fields) -> Option<Self> {
        let resource_id = fields.required::<Foreign<_>>("resourceId");
        let title = fields.required("title");
        let span = Self::read_span(fields);
        let notes = fields.optional("notes");
        let request = Self::new(resource_id?.0, title?, span?)?;
        Some(Self { notes, ..request })
    }

    fn read_span(fields: &mut Fields) -> Option<TimeSpan> {
        let span = TimeSpan::read(fields)?;
        if span.length() <= Self::LONGEST {
            return Some(span);
        }
        fields.reject("endAt", "must be at most 366 days after startAt")
    }

    /// The booking that this would be. At the ends of time, a resource is held for less.
    pub(super) fn of(&self, resource: &Resource) -> Booking {
        let from = self.span.start().saturating_add(-setup(resource));
        let until = self.span.end().saturating_add(teardown(resource));
        Booking {
            resource_id: self.resource_id,
            title: self.title.clone(),
            span: self.span,
            held: TimeSpan::new(from, until).unwrap_or(self.span),
            notes: self.notes.clone(),
            cancelled_at: None,
        }
    }
}

/// How long before a booking the resource is held.
pub(super) fn setup(resource: &Resource) -> Duration {
    Duration::minutes(resource.setup_minutes.into())
}

/// How long after a booking the resource is held.
pub(super) fn teardown(resource: &Resource) -> Duration {
    Duration::minutes(resource.teardown_minutes.into())
}
