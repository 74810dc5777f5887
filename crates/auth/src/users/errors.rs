//! Why something was not done to a user.

use org_kernel::entropy::NoEntropy;
use org_kernel::{StoreError, WriteError};

use crate::link_store::NoSuchUser;
use crate::user::User;
use crate::user_store::{NotChanged, NotInserted};

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// The store refused it.
    #[error(transparent)]
    Refused(NotInserted),
    /// There was nothing to make a link of.
    #[error("no link could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the user was not stored")]
    Store(#[source] StoreError),
}

impl From<WriteError<NotInserted>> for InviteError {
    fn from(error: WriteError<NotInserted>) -> Self {
        match error {
            WriteError::Refused(refusal) => Self::Refused(refusal),
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}

/// Why no link was made.
#[derive(Debug, thiserror::Error)]
pub enum NewLinkError {
    /// No user of the organization has the id.
    #[error("there is no such user")]
    NoSuchUser,
    /// There was nothing to make a link of.
    #[error("no link could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the link was not stored")]
    Store(#[source] StoreError),
}

impl From<WriteError<NoSuchUser>> for NewLinkError {
    fn from(error: WriteError<NoSuchUser>) -> Self {
        match error {
            WriteError::Refused(NoSuchUser) => Self::NoSuchUser,
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}

/// Why a user was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The store refused it.
    #[error(transparent)]
    Refused(NotChanged),
    /// Somebody else has changed the user since; this is what they are now.
    #[error("the user was changed meanwhile")]
    Stale(Box<User>),
    /// The store did not do it.
    #[error("the user was not changed")]
    Store(#[source] StoreError),
}

impl From<WriteError<NotChanged>> for ChangeError {
    fn from(error: WriteError<NotChanged>) -> Self {
        match error {
            WriteError::Refused(refusal) => Self::Refused(refusal),
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}
