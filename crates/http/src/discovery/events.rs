//! The types of events that webhooks can be subscribed to.

use serde::Serialize;

/// One type of event.
#[derive(Debug, Serialize)]
pub(super) struct EventType {
    /// Its name on the wire.
    #[serde(rename = "type")]
    pub(super) name: &'static str,
    /// True when it can be subscribed to and is not emitted yet.
    pub(super) reserved: bool,
}

const fn emitted(name: &'static str) -> EventType {
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
    emitted("production.created"),
    emitted("production.updated"),
    emitted("resource_booking.created"),
    emitted("resource_booking.cancelled"),
    emitted("member_request.created"),
    emitted("checklist_item.completed"),
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
    fn what_the_domain_emits_is_listed_as_emitted() {
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
