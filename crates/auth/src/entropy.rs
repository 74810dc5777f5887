//! Where the bytes of secrets come from: the system, or, in tests, a known sequence.

use org_kernel::entropy::{Entropy, NoEntropy};
use ring::rand::{SecureRandom, SystemRandom};

#[cfg(any(test, feature = "fakes"))]
mod known;

#[cfg(any(test, feature = "fakes"))]
pub use known::KnownEntropy;

/// The operating system's cryptographic randomness.
#[derive(Clone, Debug)]
pub struct SystemEntropy(SystemRandom);

impl SystemEntropy {
    /// A handle on the system's source.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the system"
    )]
    pub fn new() -> Self {
        Self(SystemRandom::new())
    }
}

impl Default for SystemEntropy {
    fn default() -> Self {
        Self::new()
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoEntropy> {
        self.0.fill(buffer).map_err(|_| NoEntropy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(entropy: &dyn Entropy) -> [u8; 32] {
        let mut block = [0; 32];
        entropy.fill(&mut block).expect("randomness");
        block
    }

    #[test]
    fn the_system_gives_other_bytes_each_time() {
        let entropy = SystemEntropy::new();
        assert_ne!(block(&entropy), block(&entropy));
    }

    #[test]
    fn known_entropy_repeats_from_the_same_seed_and_never_within_it() {
        let [one, same, other] = [1, 1, 2].map(KnownEntropy::seeded);
        let first = block(&one);
        assert_eq!(first, block(&same));
        assert_ne!(first, block(&one));
        assert_ne!(first, block(&other));
    }
}
