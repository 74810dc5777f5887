//! Sessions.

use std::cmp::Reverse;

use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::SessionId;
use org_kernel::instant::Instant;

use super::{InMemoryUsers, State};
use crate::session::{Session, SessionHash};
use crate::session_store::{Begin, SessionStore, Touched};
use crate::user::{User, UserRef};

impl SessionStore for InMemoryUsers {
    fn begin(&self, user: UserRef, begin: &mut Begin<'_>) -> Result<Option<Session>, StoreError> {
        let mut state = self.lock();
        let Some(account) = state.account(user) else {
            return Ok(None);
        };
        let beginning = begin(&account)?;
        Ok(beginning.map(|beginning| state.begin(user, beginning)))
    }

    fn find(&self, hash: &SessionHash) -> Result<Option<(Session, User)>, StoreError> {
        let mut state = self.lock();
        let mut sessions = state.sessions.iter();
        let found = sessions.find(|stored| stored.hash == *hash);
        let found = found.map(|stored| stored.session.clone());
        Ok(found.and_then(|session| {
            let user = state.user(session.user_ref())?;
            Some((session, user))
        }))
    }

    fn touch(&self, touched: &Touched) -> Result<(), StoreError> {
        let mut state = self.lock();
        let sessions = state.sessions.iter_mut().map(|stored| &mut stored.session);
        for session in sessions {
            if session.user_ref() == touched.user && session.id == touched.session {
                session.seen_at = session.seen_at.max(touched.seen_at);
                session.expires_at = session.expires_at.max(touched.expires_at);
            }
        }
        Ok(())
    }

    fn list(&self, user: UserRef, at: Instant) -> Result<Vec<Session>, StoreError> {
        let state = self.lock();
        let sessions = state.sessions.iter().map(|stored| &stored.session);
        let of_user = sessions.filter(|session| session.user_ref() == user);
        let in_use = of_user.filter(|session| !session.pending && !session.has_expired(at));
        let mut listed: Vec<_> = in_use.cloned().collect();
        listed.sort_by_key(|session| (Reverse(session.seen_at), session.id));
        Ok(listed)
    }

    fn end(&self, user: UserRef, session: SessionId, entry: &Entry) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let ended = state.end_sessions(user, |id| id == session);
        if ended > 0 {
            state.note(user.org, entry);
        }
        Ok(ended > 0)
    }

    fn end_others(&self, user: UserRef, kept: SessionId, entry: &Entry) -> Result<u32, StoreError> {
        let mut state = self.lock();
        let ended = state.end_sessions(user, |id| id != kept);
        if ended > 0 {
            state.note(user.org, entry);
        }
        Ok(ended)
    }

    fn forget_expired(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let mut state = self.lock();
        let sessions = forget(&mut state.sessions, most, |stored| {
            stored.session.expires_at < before
        });
        let links = forget(&mut state.links, most, |(_, link)| link.expires_at < before);
        Ok(sessions + links)
    }
}

impl State {
    pub(super) fn end_sessions(&mut self, user: UserRef, ends: impl Fn(SessionId) -> bool) -> u32 {
        forget(&mut self.sessions, u32::MAX, |stored| {
            stored.session.user_ref() == user && ends(stored.session.id)
        })
    }
}

/// Drops `most` of those that are to go, at the most, and answers how many those were.
fn forget<T>(things: &mut Vec<T>, most: u32, goes: impl Fn(&T) -> bool) -> u32 {
    let mut gone = 0;
    things.retain(|thing| {
        let drops = gone < most && goes(thing);
        gone += u32::from(drops);
        !drops
    });
    gone
}
