//! How a write ends that does not succeed.

use crate::store_error::StoreError;

/// A write was not done, and nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum WriteError<R> {
    /// A rule refused it; it will be refused again until something changes.
    #[error(transparent)]
    Refused(R),
    /// The store did not do it. Whoever holds the transaction may have it run again.
    #[error(transparent)]
    Store(StoreError),
}

impl<R> WriteError<R> {
    /// The same, with the refusal in the caller's own words.
    pub fn refused_as<S: From<R>>(self) -> WriteError<S> {
        match self {
            Self::Refused(refusal) => WriteError::Refused(refusal.into()),
            Self::Store(error) => WriteError::Store(error),
        }
    }
}

impl<R> From<StoreError> for WriteError<R> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
