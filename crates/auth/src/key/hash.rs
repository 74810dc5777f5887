//! What is stored of a key.

use std::fmt;
use std::hash::{Hash, Hasher};

use ring::digest::{SHA256, SHA256_OUTPUT_LEN, digest};
use subtle::ConstantTimeEq;

/// The SHA-256 of a key's text. Two of them are compared in constant time.
#[derive(Clone, Copy)]
pub struct KeyHash([u8; SHA256_OUTPUT_LEN]);

impl KeyHash {
    /// Takes a hash back that was stored.
    pub const fn stored(bytes: [u8; SHA256_OUTPUT_LEN]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes, as they are stored.
    pub const fn as_bytes(&self) -> &[u8; SHA256_OUTPUT_LEN] {
        &self.0
    }

    pub(super) fn of(text: &[u8]) -> Self {
        let mut bytes = [0; SHA256_OUTPUT_LEN];
        bytes.copy_from_slice(digest(&SHA256, text).as_ref());
        Self(bytes)
    }
}

impl PartialEq for KeyHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for KeyHash {}

impl Hash for KeyHash {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Debug for KeyHash {
    /// The first bytes in hexadecimal: enough to tell two apart in a log, too few to look one up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyHash(")?;
        for byte in &self.0[..4] {
            write!(f, "{byte:02x}")?;
        }
        f.write_str("…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_equal_when_every_byte_is() {
        let hash = KeyHash::stored([7; 32]);
        assert_eq!(hash, KeyHash::stored(*hash.as_bytes()));
        for place in 0..32 {
            let mut bytes = [7; 32];
            bytes[place] = 8;
            assert_ne!(hash, KeyHash::stored(bytes), "byte {place}");
        }
    }

    #[test]
    fn a_log_shows_the_beginning_alone() {
        let mut bytes = [0xAB; 32];
        bytes[1] = 1;
        let shown = format!("{:?}", KeyHash::stored(bytes));
        assert_eq!(shown, "KeyHash(ab01abab…)");
    }
}
