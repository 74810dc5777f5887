//! Second factors.

use org_kernel::audit::Entry;
use org_kernel::{StoreError, WriteError};

use super::{InMemoryUsers, State, StoredFactor};
use crate::second_factor::{Begun, RecoveryHash, SealedSecret, SecondFactor};
use crate::second_factor_store::{Confirmed, NotEnrolled, Passed, Proof, SecondFactorStore};
use crate::session::{Session, SessionHash};
use crate::session_store::Beginning;
use crate::user::UserRef;

impl SecondFactorStore for InMemoryUsers {
    fn find(&self, user: UserRef) -> Result<Option<SecondFactor>, StoreError> {
        let mut state = self.lock();
        if state.stored(user).is_none() {
            return Ok(None);
        }
        let told = |factor: &StoredFactor| SecondFactor {
            sealed: factor.sealed.clone(),
            begun: factor.begun,
            confirmed_at: factor.confirmed_at,
            recovery_codes_left: u32::try_from(factor.codes.len()).unwrap_or(u32::MAX),
        };
        Ok(state.factors.get(&user.id).map(told))
    }

    fn enrol(
        &self,
        user: UserRef,
        sealed: &SealedSecret,
        begun: Begun,
    ) -> Result<(), WriteError<NotEnrolled>> {
        let mut state = self.lock();
        if state.stored(user).is_none() {
            return Err(WriteError::Refused(NotEnrolled::NoSuchUser));
        }
        if state.factor_in_force(user).is_some() {
            return Err(WriteError::Refused(NotEnrolled::InForce));
        }
        let mut others = state.factors.values();
        if others.any(|other| other.sealed.key_id != sealed.key_id) {
            return Err(StoreError::failed("secrets are sealed under another key").into());
        }
        let waiting = StoredFactor {
            sealed: sealed.clone(),
            begun: Some(begun),
            confirmed_at: None,
            last_step: 0,
            codes: Vec::new(),
        };
        state.factors.insert(user.id, waiting);
        Ok(())
    }

    fn confirm(
        &self,
        user: UserRef,
        confirmed: &Confirmed,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        if state.stored(user).is_none() {
            return Ok(false);
        }
        let factor = state.factors.get_mut(&user.id);
        let waits = |factor: &&mut StoredFactor| {
            factor.confirmed_at.is_none() && factor.sealed == confirmed.sealed
        };
        let Some(factor) = factor.filter(waits) else {
            return Ok(false);
        };
        factor.begun = None;
        factor.confirmed_at = Some(confirmed.at);
        factor.last_step = confirmed.step;
        factor.codes.clone_from(&confirmed.codes);
        state.note(user.org, entry);
        Ok(true)
    }

    fn pass(&self, pending: &SessionHash, passed: &Passed) -> Result<Option<Session>, StoreError> {
        let mut state = self.lock();
        let now = passed.session.created_at;
        let waits = |session: &Session| session.pending && !session.has_expired(now);
        let place = state
            .sessions
            .iter()
            .position(|stored| stored.hash == *pending && waits(&stored.session));
        let Some(place) = place else {
            return Ok(None);
        };
        let user = state.sessions[place].session.user_ref();
        if !state.use_up(user, &passed.proof) {
            return Ok(None);
        }
        let password = state.sessions.remove(place).password;
        let mut entries = vec![passed.entry.clone()];
        entries.extend(password.is_some().then(|| passed.password_entry.clone()));
        let beginning = Beginning {
            session: passed.session.clone(),
            password,
            replaces: None,
            entries,
        };
        Ok(Some(state.begin(user, beginning)))
    }

    fn replace_codes(
        &self,
        user: UserRef,
        codes: &[RecoveryHash],
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let Some(factor) = state.factor_in_force(user) else {
            return Ok(false);
        };
        factor.codes = codes.to_vec();
        state.note(user.org, entry);
        Ok(true)
    }

    fn switch_off(&self, user: UserRef, entry: &Entry) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let was_in_force = state.factor_in_force(user).is_some();
        if state.stored(user).is_some() {
            state.factors.remove(&user.id);
        }
        if was_in_force {
            state.note(user.org, entry);
        }
        Ok(was_in_force)
    }
}

impl State {
    /// True once: a step only if it is later than every one before, a recovery code only if it is left.
    fn use_up(&mut self, user: UserRef, proof: &Proof) -> bool {
        let Some(factor) = self.factor_in_force(user) else {
            return false;
        };
        match proof {
            Proof::Step { sealed, step } => {
                let fresh = factor.sealed == *sealed && factor.last_step < *step;
                if fresh {
                    factor.last_step = *step;
                }
                fresh
            }
            Proof::RecoveryCode(code) => {
                let place = factor.codes.iter().position(|left| left == code);
                place.map(|place| factor.codes.remove(place)).is_some()
            }
        }
    }
}
