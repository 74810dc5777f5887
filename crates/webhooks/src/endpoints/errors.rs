//! Why something was not done with an endpoint.

use org_kernel::entropy::NoEntropy;
use org_kernel::field::FieldErrors;
use org_kernel::{StoreError, WriteError};

use crate::endpoint::Endpoint;
use crate::endpoint_store::{NoSuchEndpoint, NotInserted, NotRotated};
use crate::sealing::NotOpened;

/// Why no secret was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSecret {
    /// Without a master key, a secret cannot be stored.
    #[error("there is no master key to encrypt it under")]
    NoMasterKey,
    /// There was nothing to make it of.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// Why no endpoint was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Something that was asked for is no part of an endpoint.
    #[error("the endpoint is not valid")]
    Invalid(FieldErrors),
    /// The organization does not exist.
    #[error("there is no such organization")]
    NoSuchOrg,
    /// An endpoint has the id that was asked for; it was made already.
    #[error("the endpoint was made already")]
    Exists,
    /// There is no secret for it.
    #[error("no secret was made")]
    NoSecret(#[from] NoSecret),
    /// The store did not do it.
    #[error("the endpoint was not stored")]
    Store(#[source] StoreError),
}

impl From<WriteError<NotInserted>> for CreateError {
    fn from(error: WriteError<NotInserted>) -> Self {
        match error {
            WriteError::Refused(NotInserted::NoSuchOrg) => Self::NoSuchOrg,
            WriteError::Refused(NotInserted::Exists) => Self::Exists,
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}

/// Why an endpoint was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Something that was asked for is no part of an endpoint.
    #[error("the endpoint would not be valid")]
    Invalid(FieldErrors),
    /// The endpoint does not exist, or does no longer, or is another organization's.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// Somebody else has changed it since the caller saw it; this is how it is now.
    #[error("somebody else has changed the endpoint meanwhile")]
    Changed(Box<Endpoint>),
    /// The store did not do it.
    #[error("the endpoint was not changed")]
    Store(#[source] StoreError),
}

impl From<WriteError<NoSuchEndpoint>> for ChangeError {
    fn from(error: WriteError<NoSuchEndpoint>) -> Self {
        match error {
            WriteError::Refused(NoSuchEndpoint) => Self::NoSuchEndpoint,
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}

/// Why a secret was not rotated; the one there is stays the newest.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// The endpoint does not exist, or does no longer, or is another organization's.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// Somebody else has rotated it since the caller saw it.
    #[error("somebody else has rotated the secret meanwhile")]
    Changed,
    /// There is no secret for it.
    #[error("no secret was made")]
    NoSecret(#[from] NoSecret),
    /// The store did not do it, or cannot say that it did.
    #[error("the secret was not rotated")]
    Store(#[source] StoreError),
}

impl From<WriteError<NotRotated>> for RotateError {
    fn from(error: WriteError<NotRotated>) -> Self {
        match error {
            WriteError::Refused(NotRotated::NoSuchEndpoint) => Self::NoSuchEndpoint,
            WriteError::Refused(NotRotated::Changed) => Self::Changed,
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}

/// Why there are no secrets to sign with.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The endpoint does not exist, or does no longer, or is another organization's.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// There is no master key to open them with.
    #[error("there is no master key to open the secrets with")]
    NoMasterKey,
    /// One of them is sealed under another master key, or was tampered with.
    #[error(transparent)]
    NotOpened(#[from] NotOpened),
    /// The store did not answer.
    #[error("the secrets were not read")]
    Store(#[source] StoreError),
}
