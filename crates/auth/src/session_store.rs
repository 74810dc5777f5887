//! The port to wherever sessions are stored.

use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::SessionId;
use org_kernel::instant::Instant;

use crate::password::PasswordHash;
use crate::session::{NewSession, Session, SessionHash};
use crate::user::{Account, User, UserRef};

/// Stores sessions. Every method blocks until the store has answered, and each is one transaction.
///
/// A session that was ended, or whose user was removed, is nowhere found again. One that has expired is
/// found until it is forgotten: whoever finds it looks at its end.
pub trait SessionStore: Send + Sync {
    /// Begins the session that `begin` makes of a user, whom nobody else changes meanwhile. Nothing is
    /// done, and the answer is `None`, where there is no such user, or `begin` makes nothing of them.
    fn begin(&self, user: UserRef, begin: &mut Begin<'_>) -> Result<Option<Session>, StoreError>;

    /// The session of this hash, and its user as they are now.
    fn find(&self, hash: &SessionHash) -> Result<Option<(Session, User)>, StoreError>;

    /// Moves the time of the last use and the end of a session forward, never back; a session that was
    /// ended meanwhile is passed over.
    fn touch(&self, session: &Touched) -> Result<(), StoreError>;

    /// A user's sessions that have not expired at this instant and are not pending, the latest used first
    /// (then by id).
    fn list(&self, user: UserRef, at: Instant) -> Result<Vec<Session>, StoreError>;

    /// Ends one session of this user, pending or not, with `entry` in the trail; `false`, and no entry,
    /// where the user has no such session.
    fn end(&self, user: UserRef, session: SessionId, entry: &Entry) -> Result<bool, StoreError>;

    /// Ends every session of this user but one, and answers how many; with `entry` in the trail, unless
    /// there was none.
    fn end_others(&self, user: UserRef, kept: SessionId, entry: &Entry) -> Result<u32, StoreError>;

    /// Forgets sessions and links that expired before an instant, of whatever organization, `most` of
    /// each at the most, and answers how many those were.
    fn forget_expired(&self, before: Instant, most: u32) -> Result<u32, StoreError>;
}

/// Makes the beginning of a session of an account, or nothing. It is called with the account as it is
/// once locked, and again by a store that has to begin its transaction again.
pub type Begin<'a> = dyn FnMut(&Account) -> Result<Option<Beginning>, StoreError> + 'a;

/// How a session begins. Unless it is pending, the user's `last_signed_in_at` is its beginning.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The session.
    pub session: NewSession,
    /// A new password of the user's, which ends every session and every link that they had. That of a
    /// pending session waits with it, and is set when the second factor is shown; until then nothing
    /// ends.
    pub password: Option<PasswordHash>,
    /// The session that the browser had before, whoever's it is: it ends.
    pub replaces: Option<SessionHash>,
    /// What the trail of their organization is told, in this order.
    pub entries: Vec<Entry>,
}

/// That a session was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Whose it is.
    pub user: UserRef,
    /// Which session.
    pub session: SessionId,
    /// When it was used.
    pub seen_at: Instant,
    /// When it is over now.
    pub expires_at: Instant,
}
