//! How a store fails.

use std::error::Error;

type Cause = Box<dyn Error + Send + Sync>;

/// A store did not do what it was asked to, and nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store cannot be reached, has no connection free within the limit, or gave up waiting for
    /// others that hold what is asked for; trying again helps.
    #[error("the store is unavailable")]
    Unavailable(#[source] Cause),
    /// The store was reached and failed; trying again does not help.
    #[error("the store failed")]
    Failed(#[source] Cause),
}

impl StoreError {
    /// The store cannot be reached.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// The store was reached and failed.
    pub fn failed(cause: impl Into<Cause>) -> Self {
        Self::Failed(cause.into())
    }
}
