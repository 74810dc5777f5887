//! The port to wherever second factors are stored.

use org_kernel::audit::Entry;
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use crate::second_factor::{Begun, RecoveryHash, SealedSecret, SecondFactor};
use crate::session::{NewSession, Session, SessionHash};
use crate::user::UserRef;

/// Stores second factors. Every method blocks until the store has answered, and each is one transaction.
///
/// A user has at most one. It is in force once it is confirmed, and from then until it is switched off.
///
/// All secrets of a store are sealed under one key at a time: it fails to take one that is sealed under
/// another. Whoever holds the key puts another in its place for every secret at once, whatever it is of;
/// that is not for this port, which sees users alone.
pub trait SecondFactorStore: Send + Sync {
    /// The second factor of a user, in force or not yet.
    fn find(&self, user: UserRef) -> Result<Option<SecondFactor>, StoreError>;

    /// Stores a secret that is not in force yet, in the place of one that never was.
    fn enrol(
        &self,
        user: UserRef,
        sealed: &SealedSecret,
        begun: Begun,
    ) -> Result<(), WriteError<NotEnrolled>>;

    /// Puts the secret in force that waits for it, with its first recovery codes and `entry` in the trail.
    ///
    /// `false`, and nothing is done, unless `confirmed.sealed` is what waits: somebody may have begun
    /// anew, or confirmed it already.
    fn confirm(
        &self,
        user: UserRef,
        confirmed: &Confirmed,
        entry: &Entry,
    ) -> Result<bool, StoreError>;

    /// Uses up a proof, ends the pending session of `pending`, begins `passed.session` in its place, and
    /// sets the user's `last_signed_in_at`, with `passed.entry` in the trail. `None`, and nothing is done,
    /// where there is no pending session of this hash that lasts at the beginning of the new one, its
    /// user has no second factor in force, or the proof was used before, or is none.
    ///
    /// A password that waited with the pending session is set, which ends every other session and every
    /// link of the user, with `passed.password_entry` in the trail.
    ///
    /// Of two who use one proof at once, one passes.
    fn pass(&self, pending: &SessionHash, passed: &Passed) -> Result<Option<Session>, StoreError>;

    /// Puts new recovery codes in the place of all that are left, with `entry` in the trail; `false`, and
    /// nothing is done, where no second factor is in force.
    fn replace_codes(
        &self,
        user: UserRef,
        codes: &[RecoveryHash],
        entry: &Entry,
    ) -> Result<bool, StoreError>;

    /// Deletes a user's second factor and recovery codes. `entry` is in the trail where it was in force,
    /// and then the answer is `true`.
    fn switch_off(&self, user: UserRef, entry: &Entry) -> Result<bool, StoreError>;
}

/// A secret that an app has shown to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The secret, as it was stored when it was looked at.
    pub sealed: SealedSecret,
    /// The step of the code that has shown it, which is used up.
    pub step: u64,
    /// The first recovery codes.
    pub codes: Vec<RecoveryHash>,
    /// From when on it is in force.
    pub at: Instant,
}

/// A session whose second factor was shown.
#[derive(Clone, Debug)]
pub struct Passed {
    /// By what.
    pub proof: Proof,
    /// The session that takes the pending one's place; it is not pending.
    pub session: NewSession,
    /// What the trail is told.
    pub entry: Entry,
    /// What it is told besides where a new password waited with the pending session.
    pub password_entry: Entry,
}

/// What a second factor is shown by, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The code of this step of 30 seconds, of this secret: later than every one that was used.
    Step {
        /// The secret, as it was stored when it was looked at.
        sealed: SealedSecret,
        /// Steps since 1970.
        step: u64,
    },
    /// A recovery code that is left.
    RecoveryCode(RecoveryHash),
}

/// Why no secret was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEnrolled {
    /// No user of the organization has the id.
    #[error("there is no such user")]
    NoSuchUser,
    /// One is in force, and has to be switched off first.
    #[error("a second factor is in force already")]
    InForce,
}
