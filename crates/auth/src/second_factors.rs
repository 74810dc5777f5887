//! Switching a second factor on and off.
//!
//! On, in two steps: [`begin`](SecondFactors::begin) makes a secret that is not in force, and
//! [`confirm`](SecondFactors::confirm) puts it in force once a code shows that the app has it, so that
//! nobody locks themselves out. Both the beginning and the end ask for the password; and what was begun is
//! shown to the session that began it alone, for ten minutes, so that the password stands for no other.

mod errors;

use std::net::IpAddr;
use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::entropy::Entropy;
use org_kernel::id::SessionId;
use org_kernel::id_source::IdSource;

use crate::passwords::Passwords;
use crate::people::People;
use crate::rate::Door;
use crate::second_factor::{
    AppSecret, Begun, Enrolment, RecoveryCodes, SealedSecret, SecondFactor, SecretBox, TypedCode,
    open,
};
use crate::second_factor_store::Confirmed;
use crate::user::{User, UserRef};

pub use errors::{BeginError, ConfirmError, RecoveryError, SwitchOffError};

#[cfg(test)]
mod tests;

/// The second factors of users who are signed in. Every method asks the store, and blocks.
#[derive(Clone)]
pub struct SecondFactors {
    people: People,
    passwords: Passwords,
    secret_box: Option<Arc<dyn SecretBox>>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    entropy: Arc<dyn Entropy>,
}

impl SecondFactors {
    /// The second factors in these stores. Without `secret_box`, none can be switched on.
    pub fn new(
        people: People,
        passwords: Passwords,
        secret_box: Option<Arc<dyn SecretBox>>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            people,
            passwords,
            secret_box,
            clock,
            ids,
            entropy,
        }
    }

    /// True when a second factor can be switched on: when the server has a key to seal its secret under.
    pub fn can_be_switched_on(&self) -> bool {
        self.secret_box.is_some()
    }

    /// A user's second factor, in force or waiting to be confirmed.
    pub fn find(&self, user: UserRef) -> Result<Option<SecondFactor>, StoreError> {
        self.people.second_factors.find(user)
    }

    /// Makes a new secret, which waits to be confirmed in this session; `issuer` is the name that the app
    /// shows it under.
    pub fn begin(
        &self,
        user: &User,
        session: SessionId,
        password: &str,
        issuer: &str,
        address: IpAddr,
    ) -> Result<Enrolment, BeginError> {
        let secret_box = self.secret_box.as_ref().ok_or(BeginError::NoKey)?;
        self.passwords.show(user, password, address)?;
        let secret = AppSecret::generate(self.entropy.as_ref())?;
        let sealed = secret_box.seal(user.id, secret.as_bytes())?;
        let begun = Begun {
            at: self.clock.now(),
            session,
        };
        let stores = &self.people.second_factors;
        stores.enrol(user.user_ref(), &sealed, begun)?;
        Ok(secret.enrolment(issuer, user.email.as_str()))
    }

    /// The secret that waits to be confirmed in this session, once more; none when none waits.
    pub fn waiting(
        &self,
        user: &User,
        session: SessionId,
        issuer: &str,
    ) -> Result<Option<Enrolment>, ConfirmError> {
        let Some((_, secret)) = self.unconfirmed(user, session)? else {
            return Ok(None);
        };
        Ok(Some(secret.enrolment(issuer, user.email.as_str())))
    }

    /// Puts the secret in force that waits in this session, and answers the first recovery codes. The code
    /// is used up by it.
    pub fn confirm(
        &self,
        user: &User,
        session: SessionId,
        code: &str,
        address: IpAddr,
        origin: &Origin,
    ) -> Result<RecoveryCodes, ConfirmError> {
        let waiting = self.unconfirmed(user, session)?;
        let (sealed, secret) = waiting.ok_or(ConfirmError::NothingWaits)?;
        self.passwords
            .count(Door::Confirm, user, address)
            .map_err(ConfirmError::TooMany)?;
        let now = self.clock.now();
        let step = match TypedCode::read(user.id, code) {
            Some(TypedCode::App(digits)) => secret.step_of(&digits, now),
            _ => None,
        };
        let codes = RecoveryCodes::generate(self.entropy.as_ref())?;
        let confirmed = Confirmed {
            sealed,
            step: step.ok_or(ConfirmError::Wrong)?,
            codes: codes.hashes(user.id),
            at: now,
        };
        let entry = self.told(user, "user.second_factor_enabled", origin);
        let stores = &self.people.second_factors;
        if stores.confirm(user.user_ref(), &confirmed, &entry)? {
            Ok(codes)
        } else {
            Err(ConfirmError::NothingWaits)
        }
    }

    /// Puts new recovery codes in the place of all that are left.
    pub fn new_recovery_codes(
        &self,
        user: &User,
        password: &str,
        address: IpAddr,
        origin: &Origin,
    ) -> Result<RecoveryCodes, RecoveryError> {
        self.passwords.show(user, password, address)?;
        let codes = RecoveryCodes::generate(self.entropy.as_ref())?;
        let entry = self.told(user, "user.recovery_codes_made", origin);
        let hashes = codes.hashes(user.id);
        let stores = &self.people.second_factors;
        if stores.replace_codes(user.user_ref(), &hashes, &entry)? {
            Ok(codes)
        } else {
            Err(RecoveryError::NotInForce)
        }
    }

    /// Switches a second factor off, or forgets one that waits; `false` where none was in force.
    pub fn switch_off(
        &self,
        user: &User,
        password: &str,
        address: IpAddr,
        origin: &Origin,
    ) -> Result<bool, SwitchOffError> {
        self.passwords.show(user, password, address)?;
        Ok(self.reset(user, origin)?)
    }

    /// Switches off the second factor of somebody who has lost it, for those who manage people: whoever
    /// may call this may let anybody in.
    pub fn reset(&self, user: &User, origin: &Origin) -> Result<bool, StoreError> {
        let entry = self.told(user, "user.second_factor_disabled", origin);
        let stores = &self.people.second_factors;
        stores.switch_off(user.user_ref(), &entry)
    }

    fn unconfirmed(
        &self,
        user: &User,
        session: SessionId,
    ) -> Result<Option<(SealedSecret, AppSecret)>, ConfirmError> {
        let (now, factor) = (
            self.clock.now(),
            self.people.second_factors.find(user.user_ref())?,
        );
        let waits = |factor: &SecondFactor| {
            let begun = factor.begun;
            begun.is_some_and(|begun| begun.is_open_to(session, now))
        };
        let Some(factor) = factor.filter(waits) else {
            return Ok(None);
        };
        let secret = open(self.secret_box.as_deref(), user.id, &factor.sealed)?;
        Ok(Some((factor.sealed, secret)))
    }

    fn told(&self, user: &User, action: &'static str, origin: &Origin) -> Entry {
        let change = Change::new(self.ids.uuid(), self.clock.now(), action, user.id);
        Entry::of(change, origin)
    }
}
