//! With a password.

use org_kernel::field::FromText;
use org_kernel::text::trimmed;

use super::refused::Why;
use super::{Caller, SignIn, SignInError, SignedIn};
use crate::password::{PasswordHash, matches, matches_nothing};
use crate::rate::Door;
use crate::user::{Account, Email};

/// The most bytes of an organization's slug.
const SLUG: usize = 63;

/// What somebody typed to sign in, as it was typed.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The organization's slug.
    pub organization: &'a str,
    /// The e-mail address.
    pub email: &'a str,
    /// The password.
    pub password: &'a str,
}

impl SignIn {
    /// Begins a session, which is pending where a second factor is in force.
    pub fn with_password(
        &self,
        credentials: Credentials<'_>,
        caller: Caller<'_>,
    ) -> Result<SignedIn, SignInError> {
        let slug = trimmed(credentials.organization).to_lowercase();
        let email = trimmed(credentials.email).to_lowercase();
        let (door, address) = (Door::Password, caller.visitor.address);
        let standing = self.attempts.count(door, address, &slug, &email);
        let named = Some((slug.as_str(), email.as_str()));
        if !standing.is_admitted() && !self.attempts.may_be_told(door, address, named) {
            return Err(SignInError::TooMany(standing));
        }
        let account = self.look_up(&slug, &email)?;
        let user = account.as_ref().map(|account| account.user.user_ref());
        if !standing.is_admitted() {
            self.refuse(door, Why::TooMany, user, caller);
            return Err(SignInError::TooMany(standing));
        }
        let entered = self.prove_and_begin(account, credentials.password, caller);
        if let Err(SignInError::Refused) = entered {
            self.refuse(door, Why::Wrong, user, caller);
        }
        entered
    }

    fn prove_and_begin(
        &self,
        account: Option<Account>,
        typed: &str,
        caller: Caller<'_>,
    ) -> Result<SignedIn, SignInError> {
        let (account, shown) = prove(account, typed)?;
        let opening = self.opening(caller)?;
        let user = account.user.user_ref();
        let session = self.people.sessions.begin(user, &mut |now| {
            let same = now.password.as_ref() == Some(&shown);
            Ok(same.then(|| self.beginning(&opening, now, "password", None)))
        })?;
        Ok(SignedIn {
            token: opening.token,
            session: session.ok_or(SignInError::Refused)?,
        })
    }

    fn look_up(&self, slug: &str, email: &str) -> Result<Option<Account>, SignInError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let can_be_one = slug.len() <= SLUG && slug.bytes().all(allowed);
        match Email::from_text(email) {
            Ok(email) if can_be_one => Ok(self.people.users.account(slug, &email)?),
            _ => Ok(None),
        }
    }
}

/// Takes one hash's time, whoever it is: one who has no password, or does not exist, is refused as late
/// as one whose password is another.
fn prove(account: Option<Account>, typed: &str) -> Result<(Account, PasswordHash), SignInError> {
    let hash = account
        .as_ref()
        .and_then(|account| account.password.clone());
    let Some((account, hash)) = account.zip(hash) else {
        matches_nothing(typed)?;
        return Err(SignInError::Refused);
    };
    if matches(typed, &hash)? {
        Ok((account, hash))
    } else {
        Err(SignInError::Refused)
    }
}
