//! With a one-time link.

use org_kernel::StoreError;

use super::refused::Why;
use super::{Caller, LinkError, SignIn, SignedIn};
use crate::link::LinkSecret;
use crate::password::{NewPassword, PasswordHash};
use crate::rate::Door;
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
    /// the session is pending, when the code is shown; and it ends every other session
    /// of theirs. Attempts are counted only where a password is to be hashed: nobody guesses a link.
    pub fn with_link(
        &self,
        secret: &str,
        new_password: Option<&str>,
        caller: Caller<'_>,
    ) -> Result<SignedIn, LinkError> {
        let entered = self.redeem(secret, new_password, caller);
        if let Err(LinkError::Unusable) = entered {
            let address = caller.visitor.address;
            if self.attempts.may_be_told(Door::Link, address, None) {
                self.refuse(Door::Link, Why::Wrong, None, caller);
            }
        }
        entered
    }

    fn redeem(
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
            Some(typed) => Some(self.hashed(typed, &user, caller)?),
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
        caller: Caller<'_>,
    ) -> Result<PasswordHash, LinkError> {
        let chosen = NewPassword::choose(typed, user).map_err(LinkError::Weak)?;
        self.admit(Door::Link, user, caller)
            .map_err(LinkError::TooMany)?;
        Ok(chosen.hash(self.entropy.as_ref())?)
    }
}
