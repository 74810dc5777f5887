//! The types of events that webhooks can be subscribed to.

use serde::Serialize;

/// One type of event.
#[derive(Debug, Serialize)]
pub(super) struct EventType {
    /// Its name on the wire.
    #[serde(rename = "type")]
    pub(super) name: &'static str,
    /// True when it can be subscribed to and nothing will make such an event for now. The others
    /// come with the writes that they are named for, as far as there are any.
    pub(super) reserved: bool,
}

const fn of_writes(name: &'static str) -> EventType {
    EventType {
        name,
        reserved: false,
    }
}

const fn reserved(name: &'static str) -> EventType {
    EventType {
        name,
        reserved: true,
    }
}

/// Every type of event.
pub(super) const EVENT_TYPES: &[EventType] = &[
    of_writes("production.created"),
    of_writes("production.updated"),
    of_writes("resource_booking.created"),
    of_writes("resource_booking.cancelled"),
    of_writes("member_request.created"),
    of_writes("checklist_item.completed"),
    reserved("service.updated"),
    reserved("member_request.updated"),
    reserved("tour.updated"),
    reserved("report.generated"),
    reserved("engagement.updated"),
];

#[cfg(test)]
mod tests {
    use org_domain::productions::{ProductionCreated, ProductionUpdated};
    use org_kernel::event::Payload;

    use super::*;

    #[test]
    fn what_the_domain_emits_is_listed_and_not_reserved() {
        for kind in [ProductionCreated::KIND, ProductionUpdated::KIND] {
            assert!(
                EVENT_TYPES
                    .iter()
                    .any(|event| event.name == kind && !event.reserved),
                "{kind}"
            );
        }
    }
}
