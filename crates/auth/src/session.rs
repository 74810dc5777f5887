//! Sessions: that a browser is signed in.
//!
//! A session lasts 7 days from its last use. One that is *pending* waits for a second factor: it lasts
//! 10 minutes, is not renewed, and is good for nothing but the form that asks for the code.

mod agent;

use std::net::IpAddr;

use org_kernel::id::{OrgId, SessionId, UserId};
use org_kernel::instant::Instant;
use time::Duration;

use crate::token::{Token, TokenHash, kind};
use crate::user::UserRef;

pub use agent::Agent;

/// The text of a session's cookie, which is never stored.
pub type SessionToken = Token<kind::Session>;

/// What is stored of it.
pub type SessionHash = TokenHash<kind::Session>;

/// How long a session lasts after its last use.
pub const SESSION_LASTS: Duration = Duration::days(7);

/// How long a session waits for a second factor.
pub const PENDING_LASTS: Duration = Duration::minutes(10);

/// How often the use of a session is written down, at the most.
pub const SEEN_EVERY: Duration = Duration::minutes(5);

/// Who is at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The network address that they come from.
    pub address: IpAddr,
    /// The program that they use, by its own account.
    pub agent: Agent,
}

/// A session that is about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// By which it is found.
    pub hash: SessionHash,
    /// True while it waits for a second factor.
    pub pending: bool,
    /// When it began.
    pub created_at: Instant,
    /// From when on it is over.
    pub expires_at: Instant,
    /// Where, and with what program, it began.
    pub visitor: Visitor,
}

/// A stored session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// Their organization.
    pub org: OrgId,
    /// True while it waits for a second factor.
    pub pending: bool,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, five minutes more or less.
    pub seen_at: Instant,
    /// From when on it is over, unless it is used before.
    pub expires_at: Instant,
    /// Where, and with what program, it began.
    pub visitor: Visitor,
}

impl NewSession {
    /// The stored session that this one becomes.
    pub fn into_stored(self, user: UserRef) -> Session {
        Session {
            id: self.id,
            user: user.id,
            org: user.org,
            pending: self.pending,
            created_at: self.created_at,
            seen_at: self.created_at,
            expires_at: self.expires_at,
            visitor: self.visitor,
        }
    }
}

impl Session {
    /// Whose it is.
    pub const fn user_ref(&self) -> UserRef {
        UserRef {
            org: self.org,
            id: self.user,
        }
    }

    /// True once it is over.
    pub fn has_expired(&self, now: Instant) -> bool {
        self.expires_at <= now
    }
}
