//! The promises of the domain's ports, on PostgreSQL.

use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid};
use org_domain::contract::Subject;
use org_domain::import::ImportStore;
use org_domain::library::Library;
use org_domain::transaction::Transactions;
use org_kernel::audit::AuditTrail;
use org_kernel::event::EventFeed;
use org_kernel::id::OrgId;
use org_kernel::idempotency::KeptAnswers;
use org_store::Pg;
use org_store::testing::TestDatabase;

use crate::support::dispatch;

/// A store in a database of its own.
struct Fresh {
    pg: Arc<Pg>,
    database: TestDatabase,
}

impl Fresh {
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let pg = Arc::new(database.pg());
        Self { pg, database }
    }
}

#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = Text)]
    payload: String,
}

impl Subject for Fresh {
    fn library(&self) -> Arc<dyn Library> {
        self.pg.clone()
    }

    fn imports(&self) -> Arc<dyn ImportStore> {
        self.pg.clone()
    }

    fn transactions(&self) -> Arc<dyn Transactions> {
        self.pg.clone()
    }

    fn trail(&self) -> Arc<dyn AuditTrail> {
        self.pg.clone()
    }

    fn answers(&self) -> Arc<dyn KeptAnswers> {
        self.pg.clone()
    }

    fn feed(&self) -> Arc<dyn EventFeed> {
        self.pg.clone()
    }

    fn dispatch(&self) {
        dispatch(&self.pg);
    }

    fn payloads(&self, org: OrgId) -> Vec<String> {
        let query = diesel::sql_query("SELECT payload FROM events WHERE org_id = $1 ORDER BY id");
        let query = query.bind::<Uuid, _>(org.uuid());
        let events: Vec<Stored> = query
            .load(&mut self.database.connection())
            .expect("the events can be read");
        events.into_iter().map(|event| event.payload).collect()
    }
}

org_domain::store_contract!(Fresh::new);
