//! Randomness, injected: secrets come from a cryptographic source, tests from a known one.

/// Fills buffers with bytes that nobody can guess.
pub trait Entropy: Send + Sync {
    /// Fills `buffer` whole, or says that the system has no randomness to give.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The system's source of randomness failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system's source of randomness failed")]
pub struct NoEntropy;
