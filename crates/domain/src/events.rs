//! The closed catalogue of events: every type that can be subscribed to.

#[cfg(test)]
mod tests;

use org_kernel::event::Payload;

use crate::bookings::{ResourceBookingCancelled, ResourceBookingCreated};
use crate::checklist::ChecklistItemCompleted;
use crate::engagements::EngagementUpdated;
use crate::productions::{ProductionCreated, ProductionUpdated};
use crate::reports::ReportGenerated;
use crate::requests::{MemberRequestCreated, MemberRequestUpdated};
use crate::services::ServiceUpdated;
use crate::tours::TourUpdated;

/// Declares the published shape of one type of event, which is that of an object.
macro_rules! event {
    ($(#[$meta:meta])* $name:ident($payload:ident) = $kind:literal) => {
        $(#[$meta])*
        #[derive(Debug, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name<'a>(pub $payload<'a>);

        impl<'a> From<$payload<'a>> for $name<'a> {
            fn from(payload: $payload<'a>) -> Self {
                Self(payload)
            }
        }

        impl org_kernel::event::Payload for $name<'_> {
            const KIND: &'static str = $kind;
        }
    };
}

pub(crate) use event;

/// One type of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventType {
    /// Its name on the wire.
    pub name: &'static str,
    /// When it is emitted, as a sentence.
    pub description: &'static str,
    /// True when nothing in the API makes such an event; programs that embed the domain can.
    pub reserved: bool,
    /// Such an event as it is sent, written over several lines; its facts are invented.
    pub sample: &'static str,
}

const fn emitted<P: Payload>(description: &'static str, sample: &'static str) -> EventType {
    EventType {
        name: P::KIND,
        description,
        reserved: false,
        sample,
    }
}

const fn reserved<P: Payload>(description: &'static str, sample: &'static str) -> EventType {
    EventType {
        name: P::KIND,
        description,
        reserved: true,
        sample,
    }
}

/// Every type of event.
pub const CATALOGUE: &[EventType] = &[
    emitted::<ProductionCreated>(
        "A production was made.",
        include_str!("events/samples/production.created.json"),
    ),
    emitted::<ProductionUpdated>(
        "A production, or its programme, was changed.",
        include_str!("events/samples/production.updated.json"),
    ),
    emitted::<ResourceBookingCreated>(
        "A resource was booked.",
        include_str!("events/samples/resource_booking.created.json"),
    ),
    emitted::<ResourceBookingCancelled>(
        "A booking of a resource was cancelled.",
        include_str!("events/samples/resource_booking.cancelled.json"),
    ),
    emitted::<MemberRequestCreated>(
        "A member asked for something.",
        include_str!("events/samples/member_request.created.json"),
    ),
    emitted::<ChecklistItemCompleted>(
        "An item of a production's checklist was done.",
        include_str!("events/samples/checklist_item.completed.json"),
    ),
    reserved::<ServiceUpdated>(
        "A service was changed.",
        include_str!("events/samples/service.updated.json"),
    ),
    reserved::<MemberRequestUpdated>(
        "A member's request was taken a step further.",
        include_str!("events/samples/member_request.updated.json"),
    ),
    reserved::<TourUpdated>(
        "A tour was changed.",
        include_str!("events/samples/tour.updated.json"),
    ),
    reserved::<ReportGenerated>(
        "A report is ready.",
        include_str!("events/samples/report.generated.json"),
    ),
    reserved::<EngagementUpdated>(
        "A guest's engagement has another status.",
        include_str!("events/samples/engagement.updated.json"),
    ),
];
