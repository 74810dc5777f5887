//! With a one-time link.

use org_kernel::StoreError;

use super::{Caller, LinkError, SignIn, SignedIn};
use crate::link::LinkSecret;
use crate::password::{NewPassword, PasswordHash};
use crate::rate::Door;
use crate::session::Visitor;
use crate::user::User;

impl SignIn {
    /// Whom a link would let in; none for what is no link, or can no longer be used. It is not used up.
    pub fn look_at_link(&self, secret: &str) -> Result<Option<User>, StoreError> {
        let Some(secret) = LinkSecret::parse(secret) else {
            return Ok(None);
        };
        self.people.links.look_at(&secret.hash(), self.clock.now())
    }

    /// Uses a link up and begins a session, which is pending where a second factor is in force. The user
    /// has joined with it, if they had not before.
    ///
    /// `new_password` is needed where they have none; an empty one is none. It is set at once, or, where
    /// the session is pending, when the code is shown; and it ends every other session of theirs. Attempts are counted only where a password is to be hashed: nobody guesses a link.
    pub fn with_link(
        &self,
        secret: &str,
        new_password: Option<&str>,
        caller: Caller<'_>,
    ) -> Result<SignedIn, LinkError> {
        let secret = LinkSecret::parse(secret).ok_or(LinkError::Unusable)?;
        let user = self
            .people
            .links
            .look_at(&secret.hash(), self.clock.now())?;
        let user = user.ok_or(LinkError::Unusable)?;
        let password = match new_password.filter(|typed| !typed.is_empty()) {
            Some(typed) => Some(self.hashed(typed, &user, caller.visitor)?),
            None if user.has_password => None,
            None => return Err(LinkError::PasswordNeeded),
        };
        let opening = self.opening(caller)?;
        let hash = secret.hash();
        let session = self
            .people
            .links
            .redeem(&hash, opening.now, &mut |account| {
                let has_one = password.is_some() || account.password.is_some();
                Ok(has_one.then(|| self.beginning(&opening, account, "link", password.as_ref())))
            })?;
        Ok(SignedIn {
            token: opening.token,
            session: session.ok_or(LinkError::Unusable)?,
        })
    }

    fn hashed(
        &self,
        typed: &str,
        user: &User,
        visitor: &Visitor,
    ) -> Result<PasswordHash, LinkError> {
        let chosen = NewPassword::choose(typed, user).map_err(LinkError::Weak)?;
        let email = user.email.folded();
        let standing = self
            .attempts
            .count(Door::Link, visitor.address, &user.org_slug, &email);
        if !standing.is_admitted() {
            return Err(LinkError::TooMany(standing));
        }
        Ok(chosen.hash(self.entropy.as_ref())?)
    }
}
