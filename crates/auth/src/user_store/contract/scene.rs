//! What the promises have in common.

use std::thread;

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, EntryQuery, Origin};
use org_kernel::id::{SessionId, UserId};
use org_kernel::instant::Instant;
use time::Duration;
use uuid::Uuid;

use super::{Ground, Ports};
use crate::contract::{ExistingOrg, minute, new_id, new_uuid};
use crate::link::{LinkHash, NewLink};
use crate::link_store::LinkStore;
use crate::password::PasswordHash;
use crate::second_factor::{Begun, SealedSecret, SecondFactor};
use crate::second_factor_store::SecondFactorStore;
use crate::session::{Agent, NewSession, Session, SessionHash, Visitor};
use crate::session_store::{Beginning, SessionStore};
use crate::user::{Email, NewUser, Role, User, UserName, UserRef};
use crate::user_store::UserStore;

pub(super) type Promise = fn(&Scene<'_>);

pub(super) struct Scene<'a> {
    pub(super) store: &'a dyn Ports,
    pub(super) here: ExistingOrg,
    pub(super) there: ExistingOrg,
}

impl<'a> Scene<'a> {
    pub(super) fn new(ground: &'a impl Ground) -> Self {
        let [here, there] = ground.orgs();
        Self {
            store: ground.store(),
            here,
            there,
        }
    }

    /// User `number` of the first organization, who is invited.
    pub(super) fn invited(&self, number: u8) -> User {
        let user = plain_user(&self.here, number);
        self.insert(&user)
    }

    pub(super) fn insert(&self, user: &NewUser) -> User {
        let number = user.name.as_str().bytes().last().unwrap_or_default();
        let stored = self.store.insert(user, &link(number), &told(user.id));
        stored.expect("a new user is stored")
    }

    /// User `number` of the first organization, who has joined with session and password `number`.
    pub(super) fn joined(&self, number: u8, role: Role) -> User {
        let user = NewUser {
            role,
            ..plain_user(&self.here, number)
        };
        let user = self.insert(&user);
        let hash = self.link_for(&user, number).hash;
        let joined = self.store.redeem(&hash, minute(1), &mut |account| {
            Ok(Some(Beginning {
                session: session(number),
                password: Some(password(number)),
                replaces: None,
                entries: vec![told(account.user.id)],
            }))
        });
        joined
            .expect("the store answers")
            .expect("the link is good");
        self.find(&user)
    }

    /// Gives a user link `number`.
    pub(super) fn link_for(&self, user: &User, number: u8) -> NewLink {
        let link = link(number);
        let replaced = LinkStore::replace(self.store, user.user_ref(), &link, &told(user.id));
        replaced.expect("the user is there");
        link
    }

    /// Begins session `number`.
    pub(super) fn begin(&self, user: &User, session: &NewSession) -> Session {
        let began = self.store.begin(user.user_ref(), &mut |_| {
            Ok(Some(Beginning {
                session: session.clone(),
                password: None,
                replaces: None,
                entries: Vec::new(),
            }))
        });
        began
            .expect("the store answers")
            .expect("the user is there")
    }

    pub(super) fn user(&self, user: UserRef) -> Option<User> {
        UserStore::find(self.store, user).expect("the store answers")
    }

    pub(super) fn find(&self, user: &User) -> User {
        self.user(user.user_ref()).expect("the user is there")
    }

    pub(super) fn session(&self, number: u8) -> Option<Session> {
        let found = SessionStore::find(self.store, &session_hash(number));
        found
            .expect("the store answers")
            .map(|(session, _)| session)
    }

    pub(super) fn factor(&self, user: &User) -> Option<SecondFactor> {
        let found = SecondFactorStore::find(self.store, user.user_ref());
        found.expect("the store answers")
    }

    /// The trail of an organization, but for how that came to be.
    pub(super) fn trail(&self, org: &ExistingOrg) -> Vec<Entry> {
        let query = EntryQuery {
            org: Some(org.id),
            limit: 1000,
            ..EntryQuery::default()
        };
        let mut trail = self.store.entries(&query).expect("the store answers");
        trail.retain(|entry| entry.action != "organization.created");
        trail
    }

    /// How many entries `work` adds to the trail of the first organization.
    pub(super) fn told_by<T>(&self, work: impl FnOnce() -> T) -> (T, usize) {
        let before = self.trail(&self.here).len();
        let done = work();
        (done, self.trail(&self.here).len() - before)
    }

    pub(super) fn foreign(&self, user: &User) -> UserRef {
        UserRef {
            org: self.there.id,
            id: user.id,
        }
    }
}

/// Does two things at once.
pub(super) fn at_once<T: Send>(
    one: impl FnOnce() -> T + Send,
    other: impl FnOnce() -> T + Send,
) -> [T; 2] {
    thread::scope(|threads| {
        let (one, other) = (threads.spawn(one), threads.spawn(other));
        [one, other].map(|one| one.join().expect("no panic"))
    })
}

pub(super) fn count(done: [bool; 2]) -> usize {
    done.into_iter().filter(|done| *done).count()
}

/// Something that was done to a user.
pub(super) fn told(user: UserId) -> Entry {
    Entry::of(
        Change::new(new_uuid(), minute(0), "user.touched", user),
        &Origin::OPERATOR,
    )
}

pub(super) fn failure() -> StoreError {
    StoreError::failed("the test says so")
}

pub(super) fn plain_user(org: &ExistingOrg, number: u8) -> NewUser {
    NewUser {
        id: new_id(),
        org: org.id,
        email: Email::stored(format!("User.{number}@example.org")),
        name: UserName::stored(format!("User {number}")),
        role: Role::Viewer,
        created_at: minute(number.into()),
    }
}

pub(super) fn link_hash(number: u8) -> LinkHash {
    LinkHash::stored([number; 32])
}

/// A link that lasts for an hour.
pub(super) fn link(number: u8) -> NewLink {
    NewLink {
        hash: link_hash(number),
        created_at: minute(0),
        expires_at: minute(60),
    }
}

pub(super) fn password(number: u8) -> PasswordHash {
    PasswordHash::stored(format!("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA${number}"))
}

pub(super) fn session_hash(number: u8) -> SessionHash {
    SessionHash::stored([number; 32])
}

/// A session that begins after as many minutes as its number says, and lasts for an hour.
pub(super) fn session(number: u8) -> NewSession {
    let created_at = minute(number.into());
    NewSession {
        id: new_id(),
        hash: session_hash(number),
        pending: false,
        created_at,
        expires_at: later(created_at, 60),
        visitor: Visitor {
            address: "2001:db8::7".parse().expect("an address"),
            agent: Agent::stored("Mozilla/5.0 (\u{1F3BB}; 'quoted' \\)".to_owned()),
        },
    }
}

pub(super) fn pending(number: u8) -> NewSession {
    NewSession {
        pending: true,
        ..session(number)
    }
}

pub(super) fn later(instant: Instant, minutes: i64) -> Instant {
    instant.saturating_add(Duration::minutes(minutes))
}

/// How a second factor's wait begins.
pub(super) fn begun() -> Begun {
    Begun {
        at: minute(1),
        session: SessionId::new(Uuid::from_u128(1)),
    }
}

pub(super) fn sealed(number: u8) -> SealedSecret {
    SealedSecret {
        key_id: "key-1".to_owned(),
        nonce: [number; 12],
        ciphertext: vec![number; 36],
    }
}
