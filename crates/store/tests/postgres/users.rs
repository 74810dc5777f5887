//! Users, links, sessions and second factors on PostgreSQL: what two do at once, what the database sees to
//! by itself, and the master key that is also that of second factors.

mod forgetting;
mod owners;
mod promises;
mod races;
mod resealing;

use org_auth::link::{LinkHash, NewLink};
use org_auth::link_store::LinkStore;
use org_auth::second_factor::{Begun, RecoveryHash, SealedSecret};
use org_auth::second_factor_store::{Confirmed, SecondFactorStore};
use org_auth::session::{Agent, NewSession, SessionHash, Visitor};
use org_auth::session_store::{Beginning, SessionStore};
use org_auth::user::{Email, NewUser, Role, UserName, UserRef};
use org_auth::user_store::UserStore;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::id::{Id, SessionId, UserId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use org_store::Pg;
use org_store::testing::TestDatabase;
use time::Duration;

use crate::support::{id, store_organization};

/// One organization, and its users.
struct House {
    pg: Pg,
    database: TestDatabase,
}

impl House {
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let pg = database.pg();
        store_organization(&pg, 1, "org-1");
        Self { pg, database }
    }

    /// Somebody who is invited by the link of this number, which tells the address too.
    fn invited(&self, number: u8, role: Role) -> UserRef {
        let user = NewUser {
            id: Id::new(SystemIds.uuid()),
            org: id(1),
            email: Email::stored(format!("u{number}@example.org")),
            name: UserName::stored(format!("User {number}")),
            role,
            created_at: minute(0),
        };
        let entry = entry("user.invited", user.id);
        let stored = UserStore::insert(&self.pg, &user, &link(number), &entry);
        stored.expect("a new user").user_ref()
    }

    /// Somebody who has joined by the link of this number.
    fn joined(&self, number: u8, role: Role) -> UserRef {
        let user = self.invited(number, role);
        let begun = self.pg.redeem(&link_hash(number), minute(1), &mut |_| {
            Ok(Some(beginning(session(number, false))))
        });
        begun.expect("the store answers").expect("the link lets in");
        user
    }

    /// A pending session of this number.
    fn pending(&self, user: UserRef, number: u8) -> SessionHash {
        let begun = SessionStore::begin(&self.pg, user, &mut |_| {
            Ok(Some(beginning(session(number, true))))
        });
        begun.expect("the store answers").expect("there is a user");
        session_hash(number)
    }

    /// A second factor that is in force, with recovery codes 1 and 2.
    fn second_factor(&self, user: UserRef) -> SealedSecret {
        let sealed = sealed();
        self.pg.enrol(user, &sealed, begun()).expect("enrolled");
        let confirmed = Confirmed {
            sealed: sealed.clone(),
            step: 100,
            codes: [1, 2].map(code).to_vec(),
            at: minute(1),
        };
        let entry = entry("user.second_factor_enabled", user.id);
        let done = self.pg.confirm(user, &confirmed, &entry);
        assert!(done.expect("the store answers"), "it was not confirmed");
        sealed
    }
}

fn minute(number: i64) -> Instant {
    let first: Instant = "2026-03-14T18:30:00.123Z".parse().expect("an instant");
    first.saturating_add(Duration::minutes(number))
}

fn entry(action: &'static str, user: UserId) -> Entry {
    let change = Change::new(SystemIds.uuid(), minute(1), action, user);
    Entry::of(change, &Origin::OPERATOR)
}

fn link_hash(number: u8) -> LinkHash {
    LinkHash::stored([number; 32])
}

/// A link that can be used for an hour.
fn link(number: u8) -> NewLink {
    NewLink {
        hash: link_hash(number),
        created_at: minute(0),
        expires_at: minute(60),
    }
}

fn session_hash(number: u8) -> SessionHash {
    SessionHash::stored([number; 32])
}

/// A session that lasts for an hour.
fn session(number: u8, pending: bool) -> NewSession {
    NewSession {
        id: SessionId::new(SystemIds.uuid()),
        hash: session_hash(number),
        pending,
        created_at: minute(1),
        expires_at: minute(61),
        visitor: Visitor {
            address: [127, 0, 0, 1].into(),
            agent: Agent::of("a test"),
        },
    }
}

fn beginning(session: NewSession) -> Beginning {
    Beginning {
        session,
        password: None,
        replaces: None,
        entries: Vec::new(),
    }
}

/// How a second factor's wait begins.
fn begun() -> Begun {
    Begun {
        at: minute(0),
        session: SessionId::new(SystemIds.uuid()),
    }
}

fn sealed() -> SealedSecret {
    SealedSecret {
        key_id: "0123456789abcdef".to_owned(),
        nonce: [1; 12],
        ciphertext: vec![1; 36],
    }
}

fn code(number: u8) -> RecoveryHash {
    RecoveryHash::stored([number; 32])
}
