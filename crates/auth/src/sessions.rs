//! Who is signed in, where, and the end of it.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::id::SessionId;
use org_kernel::id_source::IdSource;

use crate::people::People;
use crate::session::{SEEN_EVERY, SESSION_LASTS, Session, SessionToken};
use crate::session_store::Touched;
use crate::user::{User, UserRef};

#[cfg(test)]
mod tests;

/// The sessions of every user. Every method asks the store, and blocks.
#[derive(Clone)]
pub struct Sessions {
    people: People,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl Sessions {
    /// The sessions of these stores.
    pub fn new(people: People, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        Self { people, clock, ids }
    }

    /// The session of this cookie, and its user as they are now; none for a cookie that lets nobody in,
    /// one that waits for a second factor included. That it was used is written down every five minutes
    /// at the most, and makes it last 7 days from then.
    pub fn find(&self, cookie: &str) -> Result<Option<(Session, User)>, StoreError> {
        let Some((mut session, user)) = self.of_cookie(cookie, false)? else {
            return Ok(None);
        };
        let now = self.clock.now();
        if now.since(session.seen_at) >= SEEN_EVERY {
            session.seen_at = now;
            session.expires_at = now.saturating_add(SESSION_LASTS);
            self.people.sessions.touch(&Touched {
                user: session.user_ref(),
                session: session.id,
                seen_at: session.seen_at,
                expires_at: session.expires_at,
            })?;
        }
        Ok(Some((session, user)))
    }

    /// The session of this cookie, as [`find`](Self::find) has it, for what a page asks by itself: it is not
    /// renewed, so that a page that nobody looks at keeps nobody signed in.
    pub fn look(&self, cookie: &str) -> Result<Option<(Session, User)>, StoreError> {
        self.of_cookie(cookie, false)
    }

    /// The session of this cookie if it waits for a second factor. It is good for nothing but the form
    /// that asks for the code, and is not renewed.
    pub fn find_pending(&self, cookie: &str) -> Result<Option<(Session, User)>, StoreError> {
        self.of_cookie(cookie, true)
    }

    /// Where a user is signed in, the latest used first.
    pub fn list(&self, user: UserRef) -> Result<Vec<Session>, StoreError> {
        self.people.sessions.list(user, self.clock.now())
    }

    /// Ends one session of this user, their own or, pending, one that they give up; `false` where they
    /// have no such session.
    pub fn end(
        &self,
        user: UserRef,
        session: SessionId,
        origin: &Origin,
    ) -> Result<bool, StoreError> {
        let ended = Change::new(self.ids.uuid(), self.clock.now(), "session.ended", session);
        let entry = Entry::of(ended, origin);
        self.people.sessions.end(user, session, &entry)
    }

    /// Ends every session of this user but one, and answers how many.
    pub fn end_others(
        &self,
        user: UserRef,
        kept: SessionId,
        origin: &Origin,
    ) -> Result<u32, StoreError> {
        let now = self.clock.now();
        let ended = Change::new(self.ids.uuid(), now, "user.other_sessions_ended", user.id);
        let entry = Entry::of(ended, origin);
        self.people.sessions.end_others(user, kept, &entry)
    }

    fn of_cookie(
        &self,
        cookie: &str,
        pending: bool,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let Some(token) = SessionToken::parse(cookie) else {
            return Ok(None);
        };
        let found = self.people.sessions.find(&token.hash())?;
        let now = self.clock.now();
        let lasts = |(session, _): &(Session, User)| {
            session.pending == pending && !session.has_expired(now)
        };
        Ok(found.filter(lasts))
    }
}
