//! Changing a password, and asking for it once more before something that matters.
//!
//! Whoever finds a browser that is signed in has the session, and not the password: what would lock the
//! owner out, or let somebody else in for good, asks for it again.

use std::net::IpAddr;
use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::WriteError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::entropy::Entropy;
use org_kernel::id::SessionId;
use org_kernel::id_source::IdSource;

use crate::password::{HashError, NewPassword, PasswordHash, WeakPassword, matches};
use crate::people::People;
use crate::rate::{Door, SignInAttempts, Standing};
use crate::user::User;
use crate::user_store::{PasswordChange, PasswordIsAnother};

#[cfg(test)]
mod tests;

/// The passwords of users who are signed in. Every method asks the store, and blocks; where it hashes,
/// for tens of milliseconds more.
#[derive(Clone)]
pub struct Passwords {
    people: People,
    attempts: Arc<SignInAttempts>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    entropy: Arc<dyn Entropy>,
}

/// Why somebody is not taken for whose session it is.
#[derive(Debug, thiserror::Error)]
pub enum NotShown {
    /// It is not their password.
    #[error("the password is wrong")]
    Wrong,
    /// There were too many attempts, from this address or for this account.
    #[error("there were too many attempts")]
    TooMany(Standing),
    /// The store did not answer.
    #[error("the password was not compared")]
    Store(#[from] StoreError),
}

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The present password was not shown.
    #[error(transparent)]
    NotShown(#[from] NotShown),
    /// The new one may not be chosen.
    #[error("the new password {0}")]
    Weak(WeakPassword),
    /// The new one was not hashed.
    #[error("the new password was not stored")]
    NotHashed(#[from] HashError),
    /// The store did not do it.
    #[error("the new password was not stored")]
    Store(#[source] StoreError),
}

impl Passwords {
    /// The passwords in these stores; `attempts` are counted together with those of
    /// [`SignIn`](crate::sign_in::SignIn).
    pub fn new(
        people: People,
        attempts: Arc<SignInAttempts>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            people,
            attempts,
            clock,
            ids,
            entropy,
        }
    }

    /// Puts a new password in the place of the present one, and ends every link of the user and every
    /// session but `session`. The rule is looked at before the present password, which costs an attempt.
    pub fn change(
        &self,
        user: &User,
        session: SessionId,
        (present, new): (&str, &str),
        address: IpAddr,
        origin: &Origin,
    ) -> Result<(), PasswordError> {
        let chosen = NewPassword::choose(new, user).map_err(PasswordError::Weak)?;
        let change = PasswordChange {
            expected: self.show(user, present, address)?,
            new: chosen.hash(self.entropy.as_ref())?,
            kept: Some(session),
        };
        let now = self.clock.now();
        let changed = Change::new(self.ids.uuid(), now, "user.password_changed", user.id);
        let entry = Entry::of(changed, origin);
        let stored = self
            .people
            .users
            .change_password(user.user_ref(), &change, &entry);
        stored.map_err(|error| match error {
            WriteError::Refused(PasswordIsAnother) => NotShown::Wrong.into(),
            WriteError::Store(cause) => PasswordError::Store(cause),
        })
    }

    /// Counts an attempt; it is not to be made where there were too many.
    pub(crate) fn count(&self, door: Door, user: &User, address: IpAddr) -> Result<(), Standing> {
        let (slug, email) = (&user.org_slug, user.email.folded());
        let standing = self.attempts.count(door, address, slug, &email);
        if standing.is_admitted() {
            Ok(())
        } else {
            Err(standing)
        }
    }

    /// Makes sure that somebody knows this user's password.
    pub(crate) fn show(
        &self,
        user: &User,
        typed: &str,
        address: IpAddr,
    ) -> Result<PasswordHash, NotShown> {
        self.count(Door::Again, user, address)
            .map_err(NotShown::TooMany)?;
        let hash = self.people.users.password(user.user_ref())?;
        let hash = hash.ok_or(NotShown::Wrong)?;
        if matches(typed, &hash)? {
            Ok(hash)
        } else {
            Err(NotShown::Wrong)
        }
    }
}
