//! Why a second factor is as it was.

use org_kernel::entropy::NoEntropy;
use org_kernel::{StoreError, WriteError};

use crate::passwords::NotShown;
use crate::rate::Standing;
use crate::second_factor::{NotSealed, Unreadable};
use crate::second_factor_store::NotEnrolled;

/// Why no secret was made.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The server has no key to seal it under.
    #[error("there is no key for the secrets of second factors")]
    NoKey,
    /// The password was not shown.
    #[error(transparent)]
    NotShown(#[from] NotShown),
    /// A second factor is in force, or the user is gone.
    #[error(transparent)]
    Refused(NotEnrolled),
    /// There was nothing to make a secret of.
    #[error("no secret could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The secret was not sealed.
    #[error("no secret could be made")]
    NotSealed(#[from] NotSealed),
    /// The store did not do it.
    #[error("the secret was not stored")]
    Store(#[source] StoreError),
}

impl From<WriteError<NotEnrolled>> for BeginError {
    fn from(error: WriteError<NotEnrolled>) -> Self {
        match error {
            WriteError::Refused(refusal) => Self::Refused(refusal),
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}

/// Why a second factor was not put in force.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// No secret waits to be confirmed, or another one by now, or for another session.
    #[error("no second factor waits to be confirmed")]
    NothingWaits,
    /// It is not the code of now.
    #[error("the code is wrong")]
    Wrong,
    /// There were too many attempts, from this address or for this account.
    #[error("there were too many attempts")]
    TooMany(Standing),
    /// The secret that waits cannot be read.
    #[error("codes of apps cannot be checked")]
    Unreadable(#[from] Unreadable),
    /// There was nothing to make recovery codes of.
    #[error("no recovery codes could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the second factor was not put in force")]
    Store(#[from] StoreError),
}

/// Why there are no new recovery codes.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// The password was not shown.
    #[error(transparent)]
    NotShown(#[from] NotShown),
    /// No second factor is in force.
    #[error("no second factor is in force")]
    NotInForce,
    /// There was nothing to make them of.
    #[error("no recovery codes could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the recovery codes were not stored")]
    Store(#[from] StoreError),
}

/// Why a second factor was not switched off.
#[derive(Debug, thiserror::Error)]
pub enum SwitchOffError {
    /// The password was not shown.
    #[error(transparent)]
    NotShown(#[from] NotShown),
    /// The store did not do it.
    #[error("the second factor was not switched off")]
    Store(#[from] StoreError),
}
