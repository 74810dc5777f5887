//! People who use the settings console.
//!
//! A user belongs to one organization, in which the e-mail address is theirs alone. They are invited
//! with a one-time link; with its first use they have joined, and have a password from then on. One who
//! has left stays as the author of what they did, and can no longer be found in any other way.

mod email;

use org_kernel::choices;
use org_kernel::id::{OrgId, UserId};
use org_kernel::instant::Instant;
use org_kernel::text::Line;

use crate::password::PasswordHash;

pub use email::Email;

/// What people call a user.
pub type UserName = Line<120>;

choices! {
    /// What a user may do; whoever is more may do all that those below may.
    pub enum Role {
        /// Sees all but the audit trail, and changes what is their own.
        Viewer = "VIEWER",
        /// Manages keys, webhooks and the organization's profile as well, and reads the audit trail.
        Admin = "ADMIN",
        /// Manages people as well. There is always one.
        Owner = "OWNER",
    }
}

/// Which user is meant: one of another organization does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserRef {
    /// The organization that they must be of.
    pub org: OrgId,
    /// Their id.
    pub id: UserId,
}

/// A user who is about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// Their id.
    pub id: UserId,
    /// The one organization that they belong to.
    pub org: OrgId,
    /// Their address, by which they sign in.
    pub email: Email,
    /// What people call them.
    pub name: UserName,
    /// What they may do.
    pub role: Role,
    /// When they were invited.
    pub created_at: Instant,
}

/// A stored user who has not left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The one organization that they belong to.
    pub org: OrgId,
    /// That organization's slug, which they sign in with.
    pub org_slug: String,
    /// Their address, by which they sign in.
    pub email: Email,
    /// What people call them.
    pub name: UserName,
    /// What they may do.
    pub role: Role,
    /// When they used their first link; none while they are only invited.
    pub joined_at: Option<Instant>,
    /// True once they have a password.
    pub has_password: bool,
    /// True while a second factor is in force.
    pub has_second_factor: bool,
    /// When a session of theirs last began that was not, or no longer, pending.
    pub last_signed_in_at: Option<Instant>,
    /// When they were invited.
    pub created_at: Instant,
    /// When their name or role last changed: the version that a form has seen.
    pub updated_at: Instant,
}

impl User {
    /// Which user this is.
    pub const fn user_ref(&self) -> UserRef {
        UserRef {
            org: self.org,
            id: self.id,
        }
    }

    /// True for an owner who has joined: there is always one of them.
    pub fn is_joined_owner(&self) -> bool {
        self.role == Role::Owner && self.joined_at.is_some()
    }
}

/// A user, and what they prove themselves with.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who.
    pub user: User,
    /// The hash of their password; none until they have joined.
    pub password: Option<PasswordHash>,
}

impl NewUser {
    /// The stored user that this one becomes in an organization whose slug is `org_slug`.
    pub fn into_stored(self, org_slug: String) -> User {
        User {
            id: self.id,
            org: self.org,
            org_slug,
            email: self.email,
            name: self.name,
            role: self.role,
            joined_at: None,
            has_password: false,
            has_second_factor: false,
            last_signed_in_at: None,
            created_at: self.created_at,
            updated_at: self.created_at,
        }
    }
}
