//! Users.

use org_kernel::audit::Entry;
use org_kernel::id::{OrgId, UserId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use super::{InMemoryUsers, State, StoredUser};
use crate::link::NewLink;
use crate::password::PasswordHash;
use crate::user::{Account, Email, NewUser, Role, User, UserName, UserRef};
use crate::user_store::{
    Edit, NotChanged, NotInserted, NotTransferred, PasswordChange, PasswordIsAnother, Tell,
    Transfer, Transferred, UserStore,
};

impl UserStore for InMemoryUsers {
    fn insert(
        &self,
        user: &NewUser,
        link: &NewLink,
        entry: &Entry,
    ) -> Result<User, WriteError<NotInserted>> {
        let refuse = |refusal| Err(WriteError::Refused(refusal));
        let Some(slug) = self.slugs.get(&user.org) else {
            return refuse(NotInserted::NoSuchOrg);
        };
        let mut state = self.lock();
        if state.users.contains_key(&user.id) {
            return refuse(NotInserted::MadeAlready);
        }
        let folded = user.email.folded();
        let has_it = |other: &User| other.email.folded() == folded;
        if state.users_of(user.org).iter().any(has_it) {
            return refuse(NotInserted::EmailTaken);
        }
        let stored = user.clone().into_stored(slug.clone());
        let kept = StoredUser {
            user: stored.clone(),
            password: None,
            removed: false,
        };
        state.users.insert(user.id, kept);
        state.links.push((stored.user_ref(), *link));
        state.note(user.org, entry);
        Ok(stored)
    }

    fn list(&self, org: OrgId) -> Result<Vec<User>, StoreError> {
        let mut users = self.lock().users_of(org);
        users.sort_by_key(|user| (user.created_at, user.id));
        Ok(users)
    }

    fn names(&self, org: OrgId) -> Result<Vec<(UserId, UserName)>, StoreError> {
        let state = self.lock();
        let users = state.users.values().map(|stored| &stored.user);
        let of_org = users.filter(|user| user.org == org);
        Ok(of_org.map(|user| (user.id, user.name.clone())).collect())
    }

    fn names_of(
        &self,
        org: OrgId,
        users: &[UserId],
    ) -> Result<Vec<(UserId, UserName)>, StoreError> {
        let mut names = self.names(org)?;
        names.retain(|(id, _)| users.contains(id));
        Ok(names)
    }

    fn find(&self, user: UserRef) -> Result<Option<User>, StoreError> {
        Ok(self.lock().user(user))
    }

    fn account(&self, org_slug: &str, email: &Email) -> Result<Option<Account>, StoreError> {
        let org = self.slugs.iter().find(|(_, slug)| *slug == org_slug);
        let mut state = self.lock();
        let users = org.map(|(org, _)| state.users_of(*org)).unwrap_or_default();
        let folded = email.folded();
        let found = users.iter().find(|user| user.email.folded() == folded);
        Ok(found.and_then(|user| state.account(user.user_ref())))
    }

    fn edit(&self, user: UserRef, edit: &mut Edit<'_>) -> Result<User, WriteError<NotChanged>> {
        let mut state = self.lock();
        let before = state.changeable(user)?;
        let Some((after, entry)) = edit(&before)? else {
            return Ok(before);
        };
        if before.role == Role::Owner && after.role != Role::Owner {
            state.keep_an_owner(&before, &[&after])?;
        }
        if let Some(stored) = state.stored(user) {
            stored.user.name = after.name;
            stored.user.role = after.role;
            stored.user.updated_at = after.updated_at;
        }
        state.note(user.org, &entry);
        state.changeable(user)
    }

    fn remove(&self, user: UserRef, tell: &mut Tell<'_>) -> Result<User, WriteError<NotChanged>> {
        let mut state = self.lock();
        let before = state.changeable(user)?;
        let entry = tell(&before)?;
        if before.role == Role::Owner {
            state.keep_an_owner(&before, &[])?;
        }
        if let Some(stored) = state.stored(user) {
            stored.removed = true;
            stored.password = None;
        }
        state.links.retain(|(of, _)| *of != user);
        state.end_sessions(user, |_| true);
        state.factors.remove(&user.id);
        state.note(user.org, &entry);
        Ok(before)
    }

    fn transfer(
        &self,
        transfer: &Transfer,
        entry: &Entry,
    ) -> Result<Transferred, WriteError<NotTransferred>> {
        let mut state = self.lock();
        let [from, to] = [transfer.from, transfer.to].map(|id| UserRef {
            org: transfer.org,
            id,
        });
        let both = state.user(from).zip(state.user(to));
        let both = both.filter(|(from, to)| from.id != to.id);
        let refusal = match both {
            None => Some(NotTransferred::NoSuchUser),
            Some((from, _)) if from.role != Role::Owner => Some(NotTransferred::NotAnOwner),
            Some((_, to)) if to.joined_at.is_none() => Some(NotTransferred::NotJoined),
            Some(_) => None,
        };
        if let Some(refusal) = refusal {
            return Err(WriteError::Refused(refusal));
        }
        state.note(transfer.org, entry);
        Ok(Transferred {
            from: state.give_role(from, Role::Admin, transfer.at)?,
            to: state.give_role(to, Role::Owner, transfer.at)?,
        })
    }

    fn password(&self, user: UserRef) -> Result<Option<PasswordHash>, StoreError> {
        let account = self.lock().account(user);
        Ok(account.and_then(|account| account.password))
    }

    fn change_password(
        &self,
        user: UserRef,
        change: &PasswordChange,
        entry: &Entry,
    ) -> Result<(), WriteError<PasswordIsAnother>> {
        let mut state = self.lock();
        let stored = state.stored(user);
        let stored = stored.filter(|stored| stored.password.as_ref() == Some(&change.expected));
        stored.ok_or(WriteError::Refused(PasswordIsAnother))?;
        state.set_password(user, change.new.clone(), change.kept);
        state.note(user.org, entry);
        Ok(())
    }
}

impl State {
    fn changeable(&mut self, user: UserRef) -> Result<User, WriteError<NotChanged>> {
        let found = self.user(user);
        found.ok_or(WriteError::Refused(NotChanged::NoSuchUser))
    }

    fn give_role(
        &mut self,
        user: UserRef,
        role: Role,
        at: Instant,
    ) -> Result<User, WriteError<NotTransferred>> {
        if let Some(stored) = self.stored(user) {
            stored.user.role = role;
            stored.user.updated_at = at;
        }
        let given = self.user(user);
        given.ok_or(WriteError::Refused(NotTransferred::NoSuchUser))
    }

    /// Refuses what would leave no owner who has joined, or none at all where nobody has, of those who
    /// are there once an owner is what `becomes` says, or gone.
    fn keep_an_owner(
        &mut self,
        owner: &User,
        becomes: &[&User],
    ) -> Result<(), WriteError<NotChanged>> {
        let mut left = self.users_of(owner.org);
        left.retain(|user| user.id != owner.id);
        left.extend(becomes.iter().map(|user| (*user).clone()));
        let has_owner = left.iter().any(|user| user.role == Role::Owner);
        let stays = match owner.joined_at {
            Some(_) => left.iter().any(User::is_joined_owner),
            None => has_owner || left.is_empty(),
        };
        stays
            .then_some(())
            .ok_or(WriteError::Refused(NotChanged::LastOwner))
    }
}
