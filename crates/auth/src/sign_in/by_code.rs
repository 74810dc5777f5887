//! With a second factor.

use super::refused::Why;
use super::{Caller, CodeError, SignIn, SignedIn};
use crate::rate::Door;
use crate::second_factor::{TypedCode, open};
use crate::second_factor_store::{Passed, Proof};
use crate::session::{SessionHash, SessionToken};
use crate::user::{User, UserRef};

impl SignIn {
    /// Puts a session with a new token in the place of the pending one of the caller's cookie, and sets
    /// the password that waited with it. `code` is one of the app's or a recovery code, as it was typed;
    /// each is good once.
    pub fn with_code(&self, code: &str, caller: Caller<'_>) -> Result<SignedIn, CodeError> {
        let (pending, user) = self.waiting(caller.cookie.unwrap_or_default())?;
        self.admit(Door::Code, &user, caller)
            .map_err(CodeError::TooMany)?;
        let user = user.user_ref();
        let entered = self.show(&pending, user, code, caller);
        if let Err(CodeError::Wrong) = entered {
            self.refuse(Door::Code, Why::Wrong, Some(user), caller);
        }
        entered
    }

    fn show(
        &self,
        pending: &SessionHash,
        user: UserRef,
        code: &str,
        caller: Caller<'_>,
    ) -> Result<SignedIn, CodeError> {
        let (proof, by) = self.proof(user, code)?;
        let opening = self.opening(caller)?;
        let passed = Passed {
            proof,
            session: opening.session(false),
            entry: self.told(&opening, user, "user.signed_in", by),
            password_entry: self.told(&opening, user, "user.password_changed", "link"),
        };
        let session = self.people.second_factors.pass(pending, &passed)?;
        Ok(SignedIn {
            token: opening.token,
            session: session.ok_or(CodeError::Wrong)?,
        })
    }

    fn waiting(&self, cookie: &str) -> Result<(SessionHash, User), CodeError> {
        let token = SessionToken::parse(cookie).ok_or(CodeError::NoSession)?;
        let hash = token.hash();
        let (session, user) = self
            .people
            .sessions
            .find(&hash)?
            .ok_or(CodeError::NoSession)?;
        let waits = session.pending && !session.has_expired(self.clock.now());
        waits.then_some((hash, user)).ok_or(CodeError::NoSession)
    }

    /// What the code may prove, if the store has not seen it before.
    fn proof(&self, user: UserRef, code: &str) -> Result<(Proof, &'static str), CodeError> {
        match TypedCode::read(user.id, code).ok_or(CodeError::Wrong)? {
            TypedCode::Recovery(hash) => Ok((Proof::RecoveryCode(hash), "recovery code")),
            TypedCode::App(digits) => {
                let factor = self.people.second_factors.find(user)?;
                let factor = factor.filter(|factor| factor.confirmed_at.is_some());
                let sealed = factor.ok_or(CodeError::NoSession)?.sealed;
                let secret = open(self.secret_box.as_deref(), user.id, &sealed)?;
                let step = secret.step_of(&digits, self.clock.now());
                let step = step.ok_or(CodeError::Wrong)?;
                Ok((Proof::Step { sealed, step }, "code"))
            }
        }
    }
}
