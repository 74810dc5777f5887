//! A second factor: one-time codes from an app, and recovery codes on paper.

mod sealed;

use org_kernel::instant::Instant;

pub use sealed::{NotOpened, NotSealed, SealedSecret, SecretBox};

use crate::token::{TokenHash, kind};

/// What is stored of a recovery code.
pub type RecoveryHash = TokenHash<kind::RecoveryCode>;

/// How many recovery codes a user is given at a time.
pub const RECOVERY_CODES: usize = 10;

/// A user's second factor, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret that their app has.
    pub sealed: SealedSecret,
    /// From when on it is in force; none until a code has shown that the app has the secret.
    pub confirmed_at: Option<Instant>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
}
