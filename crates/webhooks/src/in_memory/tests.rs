//! The promises of the ports, kept by the fake.

use org_kernel::audit::AuditTrail;
use org_kernel::event::Event;
use org_kernel::id::{EventId, OrgId};

use super::InMemory;
use crate::contract::Ground;
use crate::contract::delivering::DeliveryGround;
use crate::delivery_log::DeliveryLog;
use crate::endpoint_store::EndpointStore;
use crate::fan_out::FanOutStore;
use crate::figures::DeliveryFigures;
use crate::outgoing::Outgoing;
use crate::sealed_secrets::SealedSecrets;
use crate::testing::org;

impl Ground for InMemory {
    fn store(&self) -> &dyn EndpointStore {
        self
    }

    fn sealed_secrets(&self) -> &dyn SealedSecrets {
        self
    }

    fn trail(&self) -> &dyn AuditTrail {
        self
    }

    fn orgs(&self) -> [OrgId; 2] {
        [org(1), org(2)]
    }
}

crate::endpoint_contract!(|| InMemory::of([org(1), org(2)]));

impl DeliveryGround for InMemory {
    fn fan_out(&self) -> &dyn FanOutStore {
        self
    }

    fn outgoing(&self) -> &dyn Outgoing {
        self
    }

    fn log(&self) -> &dyn DeliveryLog {
        self
    }

    fn figures(&self) -> &dyn DeliveryFigures {
        self
    }

    fn tell(&self, org: OrgId, event: Event) {
        Self::tell(self, org, event);
    }

    fn tell_later<'a>(&'a self, org: OrgId, event: Event) -> Box<dyn FnOnce() + 'a> {
        Box::new(move || Self::tell(self, org, event))
    }

    fn feed(&self, org: OrgId) -> Vec<EventId> {
        Self::feed(self, org)
    }
}

crate::delivery_contract!(|| InMemory::of([org(1), org(2)]));
