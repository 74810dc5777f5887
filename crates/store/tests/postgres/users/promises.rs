//! The promises of auth's ports to users, links, sessions and second factors.

use org_auth::contract::ExistingOrg;
use org_auth::user_store::contract::{Ground, Ports, contract};

use crate::keys::{PgGround, slug};
use crate::support::id;

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
