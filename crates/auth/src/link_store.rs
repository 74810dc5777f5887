//! The port to wherever one-time sign-in links are stored.

use std::collections::BTreeSet;

use org_kernel::audit::Entry;
use org_kernel::id::{OrgId, UserId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use crate::link::{LinkHash, NewLink};
use crate::session::Session;
use crate::session_store::Begin;
use crate::user::{User, UserRef};

/// Stores links. Every method blocks until the store has answered, and each is one transaction.
///
/// A link can be used until it has expired, was used, its user was given another one, or was removed.
pub trait LinkStore: Send + Sync {
    /// Gives a user a new link, and ends the one before, with `entry` in the trail.
    fn replace(
        &self,
        user: UserRef,
        link: &NewLink,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchUser>>;

    /// Whom a link lets in that can be used at this instant. It stays as it is.
    fn look_at(&self, link: &LinkHash, at: Instant) -> Result<Option<User>, StoreError>;

    /// The users of an organization who have a link that can be used at this instant.
    fn who_may_come(&self, org: OrgId, at: Instant) -> Result<BTreeSet<UserId>, StoreError>;

    /// Uses up a link that can be used at this instant, and begins the session that `begin` makes of its
    /// user, whom nobody else changes meanwhile. Nothing is done, and the answer is `None`, where the
    /// link cannot be used, or `begin` makes nothing of the user.
    ///
    /// The user has joined at `at` if they had not before. Of two who use one link at once, one does.
    fn redeem(
        &self,
        link: &LinkHash,
        at: Instant,
        begin: &mut Begin<'_>,
    ) -> Result<Option<Session>, StoreError>;
}

/// No user of the organization has this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such user")]
pub struct NoSuchUser;
