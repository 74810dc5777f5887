//! Why nobody was let in.

use org_kernel::StoreError;
use org_kernel::entropy::NoEntropy;

use crate::password::{HashError, WeakPassword};
use crate::rate::Standing;
use crate::second_factor::Unreadable;

/// Why a password did not let anybody in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// There is no such organization, or no such person in it, or it is not their password; nobody is
    /// told which.
    #[error("the organization, the e-mail address or the password is wrong")]
    Refused,
    /// There were too many attempts, from this address or for this account, whether or not it exists.
    #[error("there were too many attempts")]
    TooMany(Standing),
    /// There was nothing to make a session of.
    #[error("no session could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the session was not stored")]
    Store(#[from] StoreError),
}

/// Why a link did not let anybody in. It can still be used, unless it could not before.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// It is none, has expired, was used, or was followed by another.
    #[error("the link cannot be used, or no longer")]
    Unusable,
    /// Its user has no password, and chose none.
    #[error("a password is needed")]
    PasswordNeeded,
    /// The password may not be chosen.
    #[error("the password {0}")]
    Weak(WeakPassword),
    /// There were too many attempts, from this address or for this account.
    #[error("there were too many attempts")]
    TooMany(Standing),
    /// The password was not hashed.
    #[error("the password was not stored")]
    NotHashed(#[from] HashError),
    /// There was nothing to make a session of.
    #[error("no session could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the session was not stored")]
    Store(#[from] StoreError),
}

/// Why a code did not let anybody in.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// The session does not wait for a code, or no longer: the password is asked for again.
    #[error("no session waits for a code")]
    NoSession,
    /// It is not the code of now, or was used already.
    #[error("the code is wrong, or was used already")]
    Wrong,
    /// There were too many attempts, from this address or for this account.
    #[error("there were too many attempts")]
    TooMany(Standing),
    /// The app's secret cannot be read; a recovery code would do.
    #[error("codes of apps cannot be checked")]
    Unreadable(#[from] Unreadable),
    /// There was nothing to make a session of.
    #[error("no session could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the session was not stored")]
    Store(#[from] StoreError),
}
