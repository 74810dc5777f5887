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

/// Why a store is unavailable that cannot be reached, or was lost on the way.
#[derive(Debug, thiserror::Error)]
#[error("it cannot be reached")]
struct Unreachable(#[source] Cause);

impl StoreError {
    /// The store may do next time what it did not do now.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// The store is unavailable because it cannot be reached, or was lost on the way: whoever else asks
    /// it would hear nothing either.
    pub fn unreachable(cause: impl Into<Cause>) -> Self {
        Self::unavailable(Unreachable(cause.into()))
    }

    /// Whether that is why it is unavailable.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Unavailable(cause) if cause.is::<Unreachable>())
    }

    /// The store was reached and failed.
    pub fn failed(cause: impl Into<Cause>) -> Self {
        Self::Failed(cause.into())
    }
}
