//! What is stored of a secret.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use ring::digest::{Context, SHA256, SHA256_OUTPUT_LEN};
use subtle::ConstantTimeEq;

/// The SHA-256 of a secret. Two of them are compared in constant time.
pub struct TokenHash<K>([u8; SHA256_OUTPUT_LEN], PhantomData<fn() -> K>);

impl<K> TokenHash<K> {
    /// Takes a hash back that was stored.
    pub const fn stored(bytes: [u8; SHA256_OUTPUT_LEN]) -> Self {
        Self(bytes, PhantomData)
    }

    /// The 32 bytes, as they are stored.
    pub const fn as_bytes(&self) -> &[u8; SHA256_OUTPUT_LEN] {
        &self.0
    }

    /// The hash of these parts, one after the other.
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in parts {
            context.update(part);
        }
        let mut bytes = [0; SHA256_OUTPUT_LEN];
        bytes.copy_from_slice(context.finish().as_ref());
        Self::stored(bytes)
    }
}

impl<K> Clone for TokenHash<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for TokenHash<K> {}

impl<K> PartialEq for TokenHash<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl<K> Eq for TokenHash<K> {}

impl<K> Hash for TokenHash<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> fmt::Debug for TokenHash<K> {
    /// The first bytes in hexadecimal: enough to tell two apart in a log, too few to look one up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(")?;
        for byte in &self.0[..4] {
            write!(f, "{byte:02x}")?;
        }
        f.write_str("…)")
    }
}

#[cfg(test)]
mod tests {
    use super::super::kind::Link;
    use super::*;

    #[test]
    fn a_log_shows_the_beginning_of_a_hash_alone() {
        let hash = TokenHash::<Link>::of(&[b"ab", b"c"]);
        assert_eq!(hash, TokenHash::of(&[b"abc"]));
        assert_eq!(format!("{hash:?}"), "TokenHash(ba7816bf…)");
    }
}
