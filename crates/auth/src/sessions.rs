//! Sessions as they are used, listed and ended.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::id::SessionId;
use org_kernel::id_source::IdSource;

use crate::session::{SEEN_EVERY, SESSION_LASTS, Session, SessionToken};
use crate::session_store::{SessionStore, Touched};
use crate::user::{User, UserRef};

/// The sessions of every user. Every method that asks the store blocks.
pub struct Sessions {
    store: Arc<dyn SessionStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl Sessions {
    /// Sessions in `store`.
    pub fn new(
        store: Arc<dyn SessionStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, clock, ids }
    }

    /// The session of a cookie, with its user as they are now; none once it is over. One that is pending
    /// is found too: whoever asks looks at that.
    ///
    /// Its use is written down, and its end moved with it, every five minutes at the most.
    pub fn find(&self, token: &SessionToken) -> Result<Option<(Session, User)>, StoreError> {
        let now = self.clock.now();
        let Some((mut session, user)) = self.store.find(&token.hash())? else {
            return Ok(None);
        };
        if session.has_expired(now) {
            return Ok(None);
        }
        if !session.pending && now.since(session.seen_at) >= SEEN_EVERY {
            session.seen_at = now;
            session.expires_at = now.saturating_add(SESSION_LASTS);
            self.store.touch(&Touched {
                user: session.user_ref(),
                session: session.id,
                seen_at: session.seen_at,
                expires_at: session.expires_at,
            })?;
        }
        Ok(Some((session, user)))
    }

    /// A user's sessions that are not over and wait for nothing, the latest used first.
    pub fn list(&self, user: UserRef) -> Result<Vec<Session>, StoreError> {
        self.store.list(user, self.clock.now())
    }

    /// Ends one session of a user; `false` where they have no such session.
    pub fn end(
        &self,
        user: UserRef,
        session: SessionId,
        origin: &Origin,
    ) -> Result<bool, StoreError> {
        let ended = Change::new(self.ids.uuid(), self.clock.now(), "session.ended", session);
        self.store.end(user, session, &Entry::of(ended, origin))
    }

    /// Ends every session of a user but one, and answers how many.
    pub fn end_others(
        &self,
        user: UserRef,
        kept: SessionId,
        origin: &Origin,
    ) -> Result<u32, StoreError> {
        let (id, now) = (self.ids.uuid(), self.clock.now());
        let ended = Change::new(id, now, "user.other_sessions_ended", user.id);
        self.store.end_others(user, kept, &Entry::of(ended, origin))
    }
}
