//! Secrets at rest: encrypted under a master key that the database never sees.
//!
//! AES-256-GCM, with a random nonce of 96 bits for each secret. Whose it is is bound in, so that a secret
//! that somebody moves to another's row does not open there; and the id of the master key stands beside
//! the ciphertext, so that a wrong key is known as such. What is sealed are the secrets of endpoints, and
//! those of users' second factors, which this crate knows nothing else of.

mod holder;
#[cfg(test)]
mod tests;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{Context, SHA256};
use secrecy::zeroize::Zeroizing;

use crate::endpoint_store::StoredSecret;
use crate::secret::SigningSecret;

pub use self::holder::Holder;

/// How many bytes a master key has.
pub const KEY_BYTES: usize = 32;

/// What sets the ids of master keys apart from other hashes of the same bytes.
const ID_OF: &[u8] = b"org-api master key\0";

/// The key under which secrets are encrypted.
pub struct MasterKey {
    id: String,
    key: LessSafeKey,
}

/// A secret as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The id of the master key.
    pub key_id: String,
    /// The nonce.
    pub nonce: [u8; NONCE_LEN],
    /// The encrypted text, with its tag.
    pub ciphertext: Vec<u8>,
}

/// The text is no master key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be 32 bytes in base64")]
pub struct NotAMasterKey;

/// A secret was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// It was sealed under another key.
    #[error("the secret is sealed under the master key {sealed_under}, and not under {this}")]
    OtherKey {
        /// The id of the key that opens it.
        sealed_under: String,
        /// The id of this key.
        this: String,
    },
    /// It is not what was sealed, or is another's.
    #[error("the secret was tampered with, or is another's")]
    Tampered,
}

impl MasterKey {
    /// Reads a key from base64, padded.
    pub fn parse(text: &str) -> Result<Self, NotAMasterKey> {
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| NotAMasterKey)?);
        // The cipher looks at the length.
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| NotAMasterKey)?;
        let mut hash = Context::new(&SHA256);
        hash.update(ID_OF);
        hash.update(&bytes);
        let hash = hash.finish();
        let id = hash.as_ref()[..8].iter().map(|byte| format!("{byte:02x}"));
        Ok(Self {
            id: id.collect(),
            key: LessSafeKey::new(key),
        })
    }

    /// Makes a key of randomness, as it is written in base64.
    pub fn generate(entropy: &dyn Entropy) -> Result<Zeroizing<String>, NoEntropy> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Zeroizing::new(STANDARD.encode(bytes.as_slice())))
    }

    /// The key's id: a hash, which tells nothing of the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Encrypts the secret of an endpoint.
    ///
    /// # Panics
    /// Never: a secret is far shorter than what the cipher takes.
    pub fn seal(
        &self,
        entropy: &dyn Entropy,
        endpoint: EndpointId,
        secret: &SigningSecret,
    ) -> Result<Sealed, NoEntropy> {
        self.seal_bytes(entropy, endpoint.into(), secret.expose().as_bytes())
    }

    /// Encrypts any secret, for its holder alone.
    ///
    /// # Panics
    /// When the secret has more bytes than the cipher takes, which are many gigabytes.
    pub fn seal_bytes(
        &self,
        entropy: &dyn Entropy,
        holder: Holder,
        secret: &[u8],
    ) -> Result<Sealed, NoEntropy> {
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce)?;
        let mut ciphertext = secret.to_vec();
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(holder.bound()),
                &mut ciphertext,
            )
            .expect("a secret is shorter than what the cipher takes");
        Ok(Sealed {
            key_id: self.id.clone(),
            nonce,
            ciphertext,
        })
    }

    /// Decrypts the secret of an endpoint.
    pub fn open(&self, endpoint: EndpointId, sealed: &Sealed) -> Result<SigningSecret, NotOpened> {
        let opened = self.open_bytes(endpoint.into(), sealed)?;
        let opened = std::str::from_utf8(&opened).map_err(|_| NotOpened::Tampered)?;
        SigningSecret::parse(opened).map_err(|_| NotOpened::Tampered)
    }

    /// Decrypts a holder's secret.
    pub fn open_bytes(
        &self,
        holder: Holder,
        sealed: &Sealed,
    ) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        if sealed.key_id != self.id {
            return Err(NotOpened::OtherKey {
                sealed_under: sealed.key_id.clone(),
                this: self.id.clone(),
            });
        }
        let nonce = Nonce::assume_unique_for_key(sealed.nonce);
        let bound = Aad::from(holder.bound());
        let mut text = Zeroizing::new(sealed.ciphertext.clone());
        let opened = self.key.open_in_place(nonce, bound, &mut text);
        let length = opened.map_err(|_| NotOpened::Tampered)?.len();
        text.truncate(length);
        Ok(text)
    }

    /// Decrypts those secrets of an endpoint that are valid at an instant, in their order.
    pub fn open_valid(
        &self,
        endpoint: EndpointId,
        stored: &[StoredSecret],
        now: Instant,
    ) -> Result<Vec<SigningSecret>, NotOpened> {
        let valid = stored.iter().filter(|secret| secret.is_valid_at(now));
        let opened = valid.map(|secret| self.open(endpoint, &secret.sealed));
        opened.collect()
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MasterKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
