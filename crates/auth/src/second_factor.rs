//! A second factor: one-time codes from an app, and recovery codes on paper.
//!
//! Codes are those of RFC 6238 as every app makes them: HMAC-SHA-1, six digits, steps of 30 seconds. The
//! step before and the one after the present one are taken too, for clocks that disagree; and each step
//! once, as the store decides. A recovery code has 60 random bits, is hashed together with its user's
//! id, and is used once.

mod app;
mod enrolment;
#[cfg(any(test, feature = "fakes"))]
mod plain_box;
mod recovery;
mod sealed;
mod typed;

use org_kernel::id::SessionId;
use org_kernel::instant::Instant;
use time::Duration;

pub use app::Unreadable;
pub(crate) use app::{AppSecret, open};
pub use enrolment::Enrolment;
#[cfg(any(test, feature = "fakes"))]
pub use plain_box::PlainBox;
pub use recovery::RecoveryCodes;
pub use sealed::{NotOpened, NotSealed, SealedSecret, SecretBox};
pub(crate) use typed::TypedCode;

use crate::token::{TokenHash, kind};

/// What is stored of a recovery code.
pub type RecoveryHash = TokenHash<kind::RecoveryCode>;

/// How long a secret waits for a code to show that an app has it.
pub const WAITING_LASTS: Duration = Duration::minutes(10);

/// How many recovery codes a user is given at a time.
pub const RECOVERY_CODES: usize = 10;

/// How the wait for a code began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// When.
    pub at: Instant,
    /// The session that is shown the secret, and no other.
    pub session: SessionId,
}

impl Begun {
    /// True for the session that began it, for as long as the wait lasts.
    pub(crate) fn is_open_to(&self, session: SessionId, now: Instant) -> bool {
        self.session == session && now < self.at.saturating_add(WAITING_LASTS)
    }
}

/// A user's second factor, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret that their app has.
    pub sealed: SealedSecret,
    /// Since when, and for whom, it waits to be confirmed; none once it was.
    pub begun: Option<Begun>,
    /// From when on it is in force; none until a code has shown that the app has the secret.
    pub confirmed_at: Option<Instant>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
}
