//! Keys: the promises of auth's ports on PostgreSQL.

use diesel::connection::SimpleConnection;
use org_auth::contract::{ExistingOrg, Ground, Ports, contract};
use org_auth::key_store::{KeyStore, KeyUse};
use org_store::Pg;
use org_store::testing::TestDatabase;

use crate::constraints::refusal;
use crate::support::{id, store_organization};

/// A database with two organizations.
pub(crate) struct PgGround {
    pub(crate) pg: Pg,
    _database: TestDatabase,
}

impl PgGround {
    pub(crate) fn new() -> Self {
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

pub(crate) fn slug(number: u128) -> String {
    format!("org-{number}")
}

impl Ground for PgGround {
    fn store(&self) -> &dyn Ports {
        &self.pg
    }

    fn orgs(&self) -> [ExistingOrg; 2] {
        [1, 2].map(|number| ExistingOrg {
            id: org_kernel::id::OrgId::new(uuid::Uuid::from_u128(number)),
            slug: slug(number),
        })
    }
}

#[test]
fn the_store_keeps_the_promises_of_the_ports() {
    contract(PgGround::new);
}

/// Two servers store both at once, and neither may wait for the other in a circle.
#[test]
fn a_use_is_recorded_while_another_server_counts_the_day() {
    let database = TestDatabase::fresh();
    let pg = database.pg();
    store_organization(&pg, 1, "org-1");
    let other = &mut database.connection();
    let made = other.batch_execute(
        "INSERT INTO api_keys (org_id, id, hash, prefix, name, scopes, created_by_kind, created_at)
         SELECT id, id, sha256(''), 'x', 'x', '{}', 'OPERATOR', now() FROM organizations",
    );
    made.expect("a key");
    let counting = other.batch_execute(
        "BEGIN; INSERT INTO api_key_days SELECT id, id, now(), 1, 0, 0, 0, 0 FROM organizations",
    );
    counting.expect("a day of the key");
    let used = KeyUse {
        key: id(1),
        minute: "2026-01-01T00:00:00Z".parse().expect("an instant"),
    };
    pg.record_uses(&[used]).expect("nobody is waited for");
    other.batch_execute("COMMIT").expect("the day is counted");
}

#[test]
fn a_key_takes_the_place_of_one_other_of_its_own_organization() {
    let database = TestDatabase::fresh();
    let pg = database.pg();
    for number in [1, 2] {
        store_organization(&pg, number, &slug(number));
    }
    let conn = &mut database.connection();
    let made = conn.batch_execute(
        "INSERT INTO api_keys (org_id, id, hash, prefix, name, scopes, expires_at, created_by_kind,
                               created_at)
         SELECT org.id, md5(org.slug || number)::uuid, sha256((org.slug || number)::bytea), 'x',
                org.slug || number, '{}', now(), 'OPERATOR', now()
         FROM organizations org, generate_series(1, 3) number",
    );
    made.expect("six keys");
    let id = |name: &str| format!("(SELECT id FROM api_keys WHERE name = '{name}')");
    for (old, new, refused_by) in [
        (
            "org-11",
            id("org-21"),
            Some("keys_are_replaced_by_a_key_of_their_organization"),
        ),
        (
            "org-11",
            id("org-11"),
            Some("keys_that_are_replaced_have_an_end"),
        ),
        ("org-11", id("org-12"), None),
        (
            "org-13",
            id("org-12"),
            Some("keys_take_the_place_of_one_other"),
        ),
    ] {
        let statement = format!("UPDATE api_keys SET replaced_by = {new} WHERE name = '{old}'");
        assert_eq!(
            refusal(conn, &statement).as_deref(),
            refused_by,
            "{statement}"
        );
    }
    let without_an_end = "UPDATE api_keys SET expires_at = NULL WHERE name = 'org-11'";
    let refused = refusal(conn, without_an_end);
    assert_eq!(
        refused.as_deref(),
        Some("keys_that_are_replaced_have_an_end")
    );
}
