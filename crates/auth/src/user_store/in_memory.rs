//! The store that tests stand on: users, and all that hangs on them, in one state.

mod links;
mod second_factors;
mod sessions;
mod users;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use org_kernel::StoreError;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery};
use org_kernel::id::{OrgId, SessionId, UserId};
use org_kernel::instant::Instant;

use crate::link::NewLink;
use crate::password::PasswordHash;
use crate::second_factor::{Begun, RecoveryHash, SealedSecret};
use crate::session::{Session, SessionHash};
use crate::session_store::Beginning;
use crate::user::{Account, User, UserRef};

/// Users, links, sessions and second factors in memory, the organizations that they may belong to, and
/// what is written of them.
///
/// What is given to a method to decide by is asked while the store is locked, and must not ask the store.
#[derive(Debug, Default)]
pub struct InMemoryUsers {
    slugs: BTreeMap<OrgId, String>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    users: BTreeMap<UserId, StoredUser>,
    links: Vec<(UserRef, NewLink)>,
    sessions: Vec<StoredSession>,
    factors: BTreeMap<UserId, StoredFactor>,
    trail: Vec<(OrgId, Entry)>,
}

/// What is told of a password and a second factor is looked up when the user is read.
#[derive(Debug)]
struct StoredUser {
    user: User,
    password: Option<PasswordHash>,
    removed: bool,
}

#[derive(Debug)]
struct StoredSession {
    hash: SessionHash,
    session: Session,
    /// The password that waits with it.
    password: Option<PasswordHash>,
}

#[derive(Debug)]
struct StoredFactor {
    sealed: SealedSecret,
    begun: Option<Begun>,
    confirmed_at: Option<Instant>,
    last_step: u64,
    codes: Vec<RecoveryHash>,
}

impl InMemoryUsers {
    /// A store without users, for organizations with these ids and slugs.
    pub fn of(orgs: impl IntoIterator<Item = (OrgId, String)>) -> Self {
        Self {
            slugs: orgs.into_iter().collect(),
            ..Self::default()
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let state = self.state.lock();
        state.expect("no test panicked within the store")
    }
}

impl State {
    /// A user who was not removed.
    fn stored(&mut self, user: UserRef) -> Option<&mut StoredUser> {
        let found = self.users.get_mut(&user.id);
        found.filter(|stored| stored.user.org == user.org && !stored.removed)
    }

    fn account(&mut self, user: UserRef) -> Option<Account> {
        let in_force = self.factor_in_force(user).is_some();
        let stored = self.stored(user)?;
        Some(Account {
            user: User {
                has_password: stored.password.is_some(),
                has_second_factor: in_force,
                ..stored.user.clone()
            },
            password: stored.password.clone(),
        })
    }

    fn user(&mut self, user: UserRef) -> Option<User> {
        self.account(user).map(|account| account.user)
    }

    /// The users of an organization who were not removed.
    fn users_of(&mut self, org: OrgId) -> Vec<User> {
        let ids: Vec<_> = self.users.keys().copied().collect();
        let found = ids.into_iter().map(|id| UserRef { org, id });
        found.filter_map(|user| self.user(user)).collect()
    }

    fn factor_in_force(&mut self, user: UserRef) -> Option<&mut StoredFactor> {
        self.stored(user)?;
        let factor = self.factors.get_mut(&user.id);
        factor.filter(|factor| factor.confirmed_at.is_some())
    }

    fn begin(&mut self, user: UserRef, beginning: Beginning) -> Session {
        if let Some(replaced) = beginning.replaces {
            self.sessions.retain(|stored| stored.hash != replaced);
        }
        let (mut waiting, hash) = (beginning.password, beginning.session.hash);
        if !beginning.session.pending
            && let Some(password) = waiting.take()
        {
            self.set_password(user, password, None);
        }
        let session = beginning.session.into_stored(user);
        if let Some(stored) = self.stored(user).filter(|_| !session.pending) {
            stored.user.last_signed_in_at = Some(session.created_at);
        }
        self.sessions.push(StoredSession {
            hash,
            session: session.clone(),
            password: waiting,
        });
        let entries = beginning.entries.into_iter();
        self.trail.extend(entries.map(|entry| (user.org, entry)));
        session
    }

    /// Sets a password, and ends every link and every session but one.
    fn set_password(&mut self, user: UserRef, password: PasswordHash, kept: Option<SessionId>) {
        if let Some(stored) = self.stored(user) {
            stored.password = Some(password);
        }
        self.links.retain(|(of, _)| *of != user);
        self.end_sessions(user, |id| Some(id) != kept);
    }

    fn note(&mut self, org: OrgId, entry: &Entry) {
        self.trail.push((org, entry.clone()));
    }
}

impl AuditTrail for InMemoryUsers {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        let state = self.lock();
        let asked_for = state
            .trail
            .iter()
            .filter(|(org, _)| Some(*org) == query.org);
        Ok(query.find(asked_for.map(|(_, entry)| entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::ExistingOrg;
    use crate::testing::{org, slug};
    use crate::user_store::contract::{Ground, Ports, contract};

    struct InMemoryGround(InMemoryUsers);

    impl Ground for InMemoryGround {
        fn store(&self) -> &dyn Ports {
            &self.0
        }

        fn orgs(&self) -> [ExistingOrg; 2] {
            [1, 2].map(|number| ExistingOrg {
                id: org(number),
                slug: slug(number),
            })
        }
    }

    #[test]
    fn the_fake_keeps_the_promises_of_the_ports() {
        contract(|| {
            let orgs = [1, 2].map(|number| (org(number), slug(number)));
            InMemoryGround(InMemoryUsers::of(orgs))
        });
    }
}
