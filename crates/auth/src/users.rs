//! Inviting people, changing what they may do, and letting them go.
//!
//! Whoever is invited gets a one-time link, which the inviter hands on: the server sends no mail. There
//! is always an owner who has joined; the store sees to it, whoever decides at the same time.

mod errors;
mod told;

use std::collections::BTreeSet;
use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::WriteError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::id::{OrgId, UserId};
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;
use time::Duration;

use crate::link::{LINK_LASTS, LinkSecret, NewLink};
use crate::people::People;
use crate::user::{Email, NewUser, Role, User, UserName, UserRef};
use crate::user_store::{NotChanged, NotTransferred, Transfer, Transferred};
use told::Told;

pub use errors::{ChangeError, InviteError, NewLinkError};

#[cfg(test)]
mod tests;

/// The users of every organization. Every method that asks the store blocks.
#[derive(Clone)]
pub struct Users {
    people: People,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    entropy: Arc<dyn Entropy>,
}

/// Somebody who is to be a user.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The id that they are to have: one from [`Users::fresh_id`], which a form carries so that it is
    /// not carried out twice.
    pub id: UserId,
    /// The organization that they are to belong to.
    pub org: OrgId,
    /// By which they will sign in.
    pub email: Email,
    /// What people call them.
    pub name: UserName,
    /// What they may do.
    pub role: Role,
}

/// A link that was just made, and the one sight of its secret.
#[derive(Debug)]
pub struct IssuedLink {
    /// Whom it lets in.
    pub user: User,
    /// Its secret, which is stored nowhere.
    pub secret: LinkSecret,
    /// From when on it cannot be used.
    pub expires_at: Instant,
}

/// What is to be different of a user; `None` is left as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChanges {
    /// The `updated_at` that was seen, so that nothing is overwritten that was not.
    pub version: Option<Instant>,
    /// What people call them.
    pub name: Option<UserName>,
    /// What they may do.
    pub role: Option<Role>,
}

impl Users {
    /// The users of these stores.
    pub fn new(
        people: People,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            people,
            clock,
            ids,
            entropy,
        }
    }

    /// An id that nobody has, for an invitation.
    pub fn fresh_id(&self) -> UserId {
        self.ids.next()
    }

    /// Makes a user, and answers the link with which they join.
    pub fn invite(
        &self,
        invitation: Invitation,
        origin: &Origin,
    ) -> Result<IssuedLink, InviteError> {
        let now = self.clock.now();
        let (secret, link) = self.new_link_at(now)?;
        let user = NewUser {
            id: invitation.id,
            org: invitation.org,
            email: invitation.email,
            name: invitation.name,
            role: invitation.role,
            created_at: now,
        };
        let invited = Change::new(self.ids.uuid(), now, "user.invited", user.id)
            .between(None, &Told::of_new(&user), &["email"])
            .map_err(InviteError::Store)?;
        let entry = Entry::of(invited, origin);
        let user = self.people.users.insert(&user, &link, &entry)?;
        Ok(IssuedLink {
            user,
            secret,
            expires_at: link.expires_at,
        })
    }

    /// All users of an organization in the order in which they were invited.
    pub fn list(&self, org: OrgId) -> Result<Vec<User>, StoreError> {
        self.people.users.list(org)
    }

    /// The users of an organization who have a link that can be used now.
    pub fn who_may_come(&self, org: OrgId) -> Result<BTreeSet<UserId>, StoreError> {
        self.people.links.who_may_come(org, self.clock.now())
    }

    /// What the users of an organization are called, those who have left included.
    pub fn names(&self, org: OrgId) -> Result<Vec<(UserId, UserName)>, StoreError> {
        self.people.users.names(org)
    }

    /// The same, of these users alone.
    pub fn names_of(
        &self,
        org: OrgId,
        users: &[UserId],
    ) -> Result<Vec<(UserId, UserName)>, StoreError> {
        self.people.users.names_of(org, users)
    }

    /// One user.
    pub fn find(&self, user: UserRef) -> Result<Option<User>, StoreError> {
        self.people.users.find(user)
    }

    /// Makes a link that lets a user in, whether or not they have joined, and ends the one before. It is
    /// how a lost password is replaced; a second factor is asked for all the same.
    pub fn new_link(&self, user: UserRef, origin: &Origin) -> Result<IssuedLink, NewLinkError> {
        let now = self.clock.now();
        let (secret, link) = self.new_link_at(now)?;
        let made = Change::new(self.ids.uuid(), now, "user.link_made", user.id);
        let entry = Entry::of(made, origin);
        self.people.links.replace(user, &link, &entry)?;
        let user = self.people.users.find(user).map_err(NewLinkError::Store)?;
        Ok(IssuedLink {
            user: user.ok_or(NewLinkError::NoSuchUser)?,
            secret,
            expires_at: link.expires_at,
        })
    }

    /// Changes what `changes` name, and answers the user as they are then. What is as it was before is no
    /// change: where nothing else is asked for, nothing is written.
    pub fn change(
        &self,
        user: UserRef,
        changes: &UserChanges,
        origin: &Origin,
    ) -> Result<User, ChangeError> {
        let (now, id) = (self.clock.now(), self.ids.uuid());
        let mut stale = false;
        let now_is = self.people.users.edit(user, &mut |before| {
            stale = changes
                .version
                .is_some_and(|seen| seen != before.updated_at);
            let mut after = before.clone();
            after.name = changes.name.clone().unwrap_or(after.name);
            after.role = changes.role.unwrap_or(after.role);
            if stale || after == *before {
                return Ok(None);
            }
            // Times tell versions apart, so that no two changes may be of one.
            let next = before.updated_at.saturating_add(Duration::MILLISECOND);
            after.updated_at = now.max(next);
            let change = Change::new(id, after.updated_at, "user.changed", user.id);
            let change = change.between(Some(&Told::of(before)), &Told::of(&after), &["email"])?;
            Ok(Some((after, Entry::of(change, origin))))
        })?;
        if stale {
            return Err(ChangeError::Stale(Box::new(now_is)));
        }
        Ok(now_is)
    }

    /// Lets a user go, by their own wish or an owner's, and answers them as they were. Nothing lets them
    /// in from then on; what they did stays under their name.
    pub fn remove(&self, user: UserRef, origin: &Origin) -> Result<User, WriteError<NotChanged>> {
        let (now, id) = (self.clock.now(), self.ids.uuid());
        self.people.users.remove(user, &mut |before| {
            let removed = Change::new(id, now, "user.removed", before.id);
            let removed = removed.between(Some(&Told::of(before)), &Told::NOBODY, &["email"])?;
            Ok(Entry::of(removed, origin))
        })
    }

    /// Makes somebody else the owner, and the giver an administrator.
    pub fn transfer(
        &self,
        giver: UserRef,
        taker: UserId,
        origin: &Origin,
    ) -> Result<Transferred, WriteError<NotTransferred>> {
        let at = self.clock.now();
        let transferred = Change::new(self.ids.uuid(), at, "ownership.transferred", taker)
            .with("from", giver.id.to_string())
            .with("to", taker.to_string());
        let transfer = Transfer {
            org: giver.org,
            from: giver.id,
            to: taker,
            at,
        };
        let entry = Entry::of(transferred, origin);
        self.people.users.transfer(&transfer, &entry)
    }

    fn new_link_at(&self, now: Instant) -> Result<(LinkSecret, NewLink), NoEntropy> {
        let secret = LinkSecret::generate(self.entropy.as_ref())?;
        let link = NewLink {
            hash: secret.hash(),
            created_at: now,
            expires_at: now.saturating_add(LINK_LASTS),
        };
        Ok((secret, link))
    }
}
