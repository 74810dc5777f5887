//! The promises of the ports, kept by the fake.

use org_kernel::audit::AuditTrail;
use org_kernel::id::OrgId;

use super::InMemory;
use crate::contract::Ground;
use crate::endpoint_store::EndpointStore;
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
