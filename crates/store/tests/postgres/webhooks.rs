//! Webhooks: the promises of their ports on PostgreSQL.

mod delivering;
mod due;
mod endpoints;
mod held;
mod nets;
mod parts;

use org_kernel::audit::AuditTrail;
use org_kernel::id::OrgId;
use org_store::Pg;
use org_store::testing::TestDatabase;
use org_webhooks::contract::Ground;
use org_webhooks::endpoint_store::EndpointStore;
use org_webhooks::sealed_secrets::SealedSecrets;

use crate::support::{id, store_organization};

struct PgGround {
    pg: Pg,
    database: TestDatabase,
}

impl PgGround {
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let pg = database.pg();
        for number in [1, 2] {
            store_organization(&pg, number, &format!("org-{number}"));
        }
        Self { pg, database }
    }
}

impl Ground for PgGround {
    fn store(&self) -> &dyn EndpointStore {
        &self.pg
    }

    fn sealed_secrets(&self) -> &dyn SealedSecrets {
        &self.pg
    }

    fn trail(&self) -> &dyn AuditTrail {
        &self.pg
    }

    fn orgs(&self) -> [OrgId; 2] {
        [id(1), id(2)]
    }
}
