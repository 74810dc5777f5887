//! How a session comes to be, whatever began it.

use org_kernel::actor::Actor;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::entropy::NoEntropy;
use org_kernel::id::SessionId;
use org_kernel::instant::Instant;

use super::{Caller, SignIn};
use crate::password::PasswordHash;
use crate::session::{NewSession, PENDING_LASTS, SESSION_LASTS, SessionHash, SessionToken};
use crate::session_store::Beginning;
use crate::user::{Account, UserRef};

/// What a session will be made of, should somebody be let in.
pub(super) struct Opening<'a> {
    pub(super) token: SessionToken,
    pub(super) now: Instant,
    id: SessionId,
    caller: Caller<'a>,
}

impl SignIn {
    pub(super) fn opening<'a>(&self, caller: Caller<'a>) -> Result<Opening<'a>, NoEntropy> {
        Ok(Opening {
            token: SessionToken::generate(self.entropy.as_ref())?,
            now: self.clock.now(),
            id: self.ids.next(),
            caller,
        })
    }

    /// The session of whoever showed a password or a link, which waits for a second factor if they have
    /// one, and what is told of it. Of a new password that waits with it, it is told once it is set.
    pub(super) fn beginning(
        &self,
        opening: &Opening<'_>,
        account: &Account,
        by: &'static str,
        password: Option<&PasswordHash>,
    ) -> Beginning {
        let user = &account.user;
        let action = match (user.has_second_factor, user.joined_at) {
            (true, _) => "user.second_factor_asked",
            (false, None) => "user.joined",
            (false, Some(_)) => "user.signed_in",
        };
        let mut entries = vec![self.told(opening, user.user_ref(), action, by)];
        let is_set = password.is_some() && !user.has_second_factor;
        if is_set && account.password.is_some() {
            entries.push(self.told(opening, user.user_ref(), "user.password_changed", by));
        }
        Beginning {
            session: opening.session(user.has_second_factor),
            password: password.cloned(),
            replaces: opening.replaced(),
            entries,
        }
    }

    /// Whoever is let in has shown who they are, so it is they who did it.
    pub(super) fn told(
        &self,
        opening: &Opening<'_>,
        user: UserRef,
        action: &'static str,
        by: &'static str,
    ) -> Entry {
        let change = Change::new(self.ids.uuid(), opening.now, action, user.id);
        let origin = Origin {
            actor: Actor::User(user.id),
            request: opening.caller.request.cloned(),
        };
        let session = opening.id.to_string();
        Entry::of(change.with("by", by).with("session", session), &origin)
    }
}

impl Opening<'_> {
    fn replaced(&self) -> Option<SessionHash> {
        let token = self.caller.cookie.and_then(SessionToken::parse);
        token.map(|token| token.hash())
    }

    pub(super) fn session(&self, pending: bool) -> NewSession {
        let lasts = if pending {
            PENDING_LASTS
        } else {
            SESSION_LASTS
        };
        NewSession {
            id: self.id,
            hash: self.token.hash(),
            pending,
            created_at: self.now,
            expires_at: self.now.saturating_add(lasts),
            visitor: self.caller.visitor.clone(),
        }
    }
}
