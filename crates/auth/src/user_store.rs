//! The port to wherever users are stored.

use org_kernel::audit::Entry;
use org_kernel::id::{OrgId, SessionId, UserId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use crate::link::NewLink;
use crate::password::PasswordHash;
use crate::user::{Account, Email, NewUser, User, UserName, UserRef};

#[cfg(any(test, feature = "contract"))]
pub mod contract;
#[cfg(any(test, feature = "fakes"))]
mod in_memory;

#[cfg(any(test, feature = "fakes"))]
pub use in_memory::InMemoryUsers;

/// Stores users. Every method blocks until the store has answered, and each is one transaction; what it
/// refuses, it leaves as it was, and the audit trail too.
///
/// What is promised here is tested by the suite in `contract`, which every adapter runs, together with the
/// ports to links, sessions and second factors.
///
/// **There is always an owner**: of an organization's owners who have joined, one always stays. A write
/// that would leave none is refused, also where two are done at once that would do so together. Where no
/// owner has joined yet, one who is invited stays as long as anybody else is there.
///
/// A user who was removed is kept for their name alone, and is nobody to every other method.
pub trait UserStore: Send + Sync {
    /// Stores a new user with their first link, and `entry` in their organization's trail.
    ///
    /// An id that is stored already, for whatever organization and whatever has become of the user, is
    /// [`NotInserted::MadeAlready`], also where the address is taken too.
    fn insert(
        &self,
        user: &NewUser,
        link: &NewLink,
        entry: &Entry,
    ) -> Result<User, WriteError<NotInserted>>;

    /// All users of one organization in the order in which they were invited (then by id); none for an
    /// organization that does not exist.
    fn list(&self, org: OrgId) -> Result<Vec<User>, StoreError>;

    /// What the users of one organization are called, those who were removed included, by their ids.
    fn names(&self, org: OrgId) -> Result<Vec<(UserId, UserName)>, StoreError>;

    /// The same, of these users alone.
    fn names_of(&self, org: OrgId, users: &[UserId])
    -> Result<Vec<(UserId, UserName)>, StoreError>;

    /// One user.
    fn find(&self, user: UserRef) -> Result<Option<User>, StoreError>;

    /// The user with this address, in whatever case, in the organization with this slug. It asks the
    /// database once, whichever of the two exists.
    fn account(&self, org_slug: &str, email: &Email) -> Result<Option<Account>, StoreError>;

    /// Stores the name, the role and the `updated_at` that `edit` makes of a user, under a lock on the
    /// user, and its entry; answers the user as they are then. Where `edit` makes nothing of them, or
    /// fails, nothing is stored.
    fn edit(&self, user: UserRef, edit: &mut Edit<'_>) -> Result<User, WriteError<NotChanged>>;

    /// Removes a user: their address is free for another, and their links, sessions, password and second
    /// factor are gone. `tell` is given the user as they were, who is also the answer; the removal is of
    /// the time of its entry.
    fn remove(&self, user: UserRef, tell: &mut Tell<'_>) -> Result<User, WriteError<NotChanged>>;

    /// Makes one user the owner and another, who was an owner, an administrator; answers both.
    fn transfer(
        &self,
        transfer: &Transfer,
        entry: &Entry,
    ) -> Result<Transferred, WriteError<NotTransferred>>;

    /// The hash of a user's password; none for a user who has none, and for nobody.
    fn password(&self, user: UserRef) -> Result<Option<PasswordHash>, StoreError>;

    /// Puts a new password in the place of the one that was looked at, and ends every link of the user
    /// and every session but `kept`, with `entry` in the trail. Of two who do so at once, one is refused.
    fn change_password(
        &self,
        user: UserRef,
        change: &PasswordChange,
        entry: &Entry,
    ) -> Result<(), WriteError<PasswordIsAnother>>;
}

/// Makes something of a user, and tells of it; or makes nothing of them. It is called with the user as
/// they are once locked, and again by a store that has to begin its transaction again.
pub type Edit<'a> = dyn FnMut(&User) -> Result<Option<(User, Entry)>, StoreError> + 'a;

/// Tells of a user. A store that has to begin its transaction again calls it again.
pub type Tell<'a> = dyn FnMut(&User) -> Result<Entry, StoreError> + 'a;

/// An organization that is to be another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Which organization.
    pub org: OrgId,
    /// An owner, who is an administrator afterwards.
    pub from: UserId,
    /// Who is an owner afterwards; somebody else than `from`.
    pub to: UserId,
    /// The `updated_at` of both.
    pub at: Instant,
}

/// An organization that changed hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transferred {
    /// Who is an administrator now.
    pub from: User,
    /// Who is an owner now.
    pub to: User,
}

/// A password that is to take another's place.
#[derive(Clone, Debug)]
pub struct PasswordChange {
    /// The hash that must still be stored.
    pub expected: PasswordHash,
    /// The hash that takes its place.
    pub new: PasswordHash,
    /// The one session that goes on.
    pub kept: Option<SessionId>,
}

/// Why a user was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotInserted {
    /// The organization does not exist.
    #[error("there is no such organization")]
    NoSuchOrg,
    /// A user has the id.
    #[error("the user was made already")]
    MadeAlready,
    /// Another user of the organization has the address.
    #[error("another user of the organization has this e-mail address")]
    EmailTaken,
}

/// Why a user was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChanged {
    /// No user of the organization has the id.
    #[error("there is no such user")]
    NoSuchUser,
    /// No owner would be left, or none who has joined where one had.
    #[error("an organization always has an owner who has joined")]
    LastOwner,
}

/// Why an organization is still whose it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTransferred {
    /// One of the two is no user of the organization, or both are the same.
    #[error("there is no such user")]
    NoSuchUser,
    /// It is not the giver's to give.
    #[error("only an owner can transfer ownership")]
    NotAnOwner,
    /// The taker is only invited.
    #[error("ownership goes to somebody who has joined")]
    NotJoined,
}

/// The user's password is not the one that was looked at, or the user is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password was changed meanwhile")]
pub struct PasswordIsAnother;
