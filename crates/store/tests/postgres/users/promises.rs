//! The promises of auth's ports to users, links, sessions and second factors.

use org_auth::contract::ExistingOrg;
use org_auth::user_store::contract::{Ground, Ports, contract};
use org_store::Pg;
use org_store::testing::TestDatabase;

use crate::support::{id, store_organization};

struct PgGround {
    pg: Pg,
    _database: TestDatabase,
}

impl PgGround {
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let pg = database.pg();
        for number in [1, 2] {
            store_organization(&pg, number, &slug(number));
        }
        Self {
            pg,
            _database: database,
        }
    }
}

fn slug(number: u128) -> String {
    format!("org-{number}")
}

impl Ground for PgGround {
    fn store(&self) -> &dyn Ports {
        &self.pg
    }

    fn orgs(&self) -> [ExistingOrg; 2] {
        [1, 2].map(|number| ExistingOrg {
            id: id(number),
            slug: slug(number),
        })
    }
}

#[test]
fn the_store_keeps_the_promises_of_the_ports() {
    contract(PgGround::new);
}
