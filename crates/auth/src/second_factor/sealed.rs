//! The secrets of apps at rest: encrypted under a key that the database never sees.
//!
//! This crate holds no such key: whoever wires the server together gives it a [`SecretBox`].

use org_kernel::entropy::NoEntropy;
use org_kernel::id::UserId;
use secrecy::zeroize::Zeroizing;

/// Encrypts the secrets of users' second factors, each bound to its user.
pub trait SecretBox: Send + Sync {
    /// Encrypts a secret.
    fn seal(&self, user: UserId, secret: &[u8]) -> Result<SealedSecret, NotSealed>;

    /// Decrypts what was sealed for this user.
    fn open(&self, user: UserId, sealed: &SealedSecret) -> Result<Zeroizing<Vec<u8>>, NotOpened>;
}

/// A secret as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSecret {
    /// The id of the key that it is sealed under.
    pub key_id: String,
    /// The nonce.
    pub nonce: [u8; 12],
    /// The encrypted bytes, with their tag.
    pub ciphertext: Vec<u8>,
}

/// A secret was not sealed: there was no randomness for its nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secret was not sealed")]
pub struct NotSealed(#[from] NoEntropy);

/// A secret was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// It is sealed under another key.
    #[error("the secret is sealed under the key {sealed_under}, which is not this one")]
    OtherKey {
        /// The id of the key that opens it.
        sealed_under: String,
    },
    /// It is not what was sealed, or not of this user.
    #[error("the secret was tampered with, or is another user's")]
    Tampered,
}
