//! Sign-in links.

use std::collections::BTreeSet;

use org_kernel::audit::Entry;
use org_kernel::id::{OrgId, UserId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use super::{InMemoryUsers, State};
use crate::link::{LinkHash, NewLink};
use crate::link_store::{LinkStore, NoSuchUser};
use crate::session::Session;
use crate::session_store::Begin;
use crate::user::{User, UserRef};

impl LinkStore for InMemoryUsers {
    fn replace(
        &self,
        user: UserRef,
        link: &NewLink,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchUser>> {
        let mut state = self.lock();
        state.stored(user).ok_or(WriteError::Refused(NoSuchUser))?;
        state.links.retain(|(of, _)| *of != user);
        state.links.push((user, *link));
        state.note(user.org, entry);
        Ok(())
    }

    fn look_at(&self, link: &LinkHash, at: Instant) -> Result<Option<User>, StoreError> {
        let mut state = self.lock();
        let user = state.let_in(link, at);
        Ok(user.and_then(|user| state.user(user)))
    }

    fn who_may_come(&self, org: OrgId, at: Instant) -> Result<BTreeSet<UserId>, StoreError> {
        let state = self.lock();
        let links = state.links.iter();
        let usable = links.filter(|(user, link)| user.org == org && at < link.expires_at);
        Ok(usable.map(|(user, _)| user.id).collect())
    }

    fn redeem(
        &self,
        link: &LinkHash,
        at: Instant,
        begin: &mut Begin<'_>,
    ) -> Result<Option<Session>, StoreError> {
        let mut state = self.lock();
        let Some(user) = state.let_in(link, at) else {
            return Ok(None);
        };
        let Some(account) = state.account(user) else {
            return Ok(None);
        };
        let Some(beginning) = begin(&account)? else {
            return Ok(None);
        };
        state.links.retain(|(of, _)| *of != user);
        if let Some(stored) = state.stored(user) {
            stored.user.joined_at = stored.user.joined_at.or(Some(at));
        }
        Ok(Some(state.begin(user, beginning)))
    }
}

impl State {
    /// Whom a link lets in.
    fn let_in(&self, hash: &LinkHash, at: Instant) -> Option<UserRef> {
        let mut links = self.links.iter();
        let found = links.find(|(_, link)| link.hash == *hash && at < link.expires_at);
        found.map(|(user, _)| *user)
    }
}
