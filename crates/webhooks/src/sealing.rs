//! Secrets at rest: encrypted under a master key that the database never sees.
//!
//! AES-256-GCM, with a random nonce of 96 bits for each secret. The endpoint's id is bound in, so that a
//! secret that somebody moves to another endpoint's row does not open there; and the id of the master
//! key stands beside the ciphertext, so that a wrong key is known as such.

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
    /// It is not what was sealed, or not of this endpoint.
    #[error("the secret was tampered with, or is another endpoint's")]
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
    /// Never: the cipher takes far longer texts than a secret.
    pub fn seal(
        &self,
        entropy: &dyn Entropy,
        endpoint: EndpointId,
        secret: &SigningSecret,
    ) -> Result<Sealed, NoEntropy> {
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce)?;
        let mut ciphertext = secret.expose().as_bytes().to_vec();
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                bound_to(endpoint),
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
        if sealed.key_id != self.id {
            return Err(NotOpened::OtherKey {
                sealed_under: sealed.key_id.clone(),
                this: self.id.clone(),
            });
        }
        let nonce = Nonce::assume_unique_for_key(sealed.nonce);
        let mut text = Zeroizing::new(sealed.ciphertext.clone());
        let opened = self.key.open_in_place(nonce, bound_to(endpoint), &mut text);
        let opened = opened.map_err(|_| NotOpened::Tampered)?;
        let opened = std::str::from_utf8(opened).map_err(|_| NotOpened::Tampered)?;
        SigningSecret::parse(opened).map_err(|_| NotOpened::Tampered)
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

fn bound_to(endpoint: EndpointId) -> Aad<[u8; 16]> {
    Aad::from(endpoint.uuid().into_bytes())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::testing::{Counting, NEWEST, secret};

    fn key(byte: u8) -> MasterKey {
        MasterKey::parse(&STANDARD.encode([byte; KEY_BYTES])).expect("a key")
    }

    fn endpoint(number: u128) -> EndpointId {
        EndpointId::new(Uuid::from_u128(number))
    }

    fn sealed() -> Sealed {
        let sealed = key(1).seal(&Counting, endpoint(1), &secret(NEWEST));
        sealed.expect("randomness")
    }

    #[test]
    fn what_is_sealed_opens_under_its_key_for_its_endpoint() {
        let opened = key(1).open(endpoint(1), &sealed()).expect("the secret");
        assert_eq!(opened.expose(), NEWEST);
    }

    #[test]
    fn another_endpoint_cannot_open_it() {
        let opened = key(1).open(endpoint(2), &sealed()).map(|_| ());
        assert_eq!(opened, Err(NotOpened::Tampered));
    }

    #[test]
    fn another_key_is_named() {
        let opened = key(2).open(endpoint(1), &sealed()).map(|_| ());
        let expected = NotOpened::OtherKey {
            sealed_under: key(1).id().to_owned(),
            this: key(2).id().to_owned(),
        };
        assert_eq!(opened, Err(expected));
        let under_its_name = Sealed {
            key_id: key(2).id().to_owned(),
            ..sealed()
        };
        let opened = key(2).open(endpoint(1), &under_its_name).map(|_| ());
        assert_eq!(opened, Err(NotOpened::Tampered));
    }

    #[test]
    fn no_flipped_bit_goes_unnoticed() {
        let whole = sealed();
        for place in 0..whole.ciphertext.len() * 8 {
            let mut flipped = whole.clone();
            flipped.ciphertext[place / 8] ^= 1 << (place % 8);
            let opened = key(1).open(endpoint(1), &flipped).map(|_| ());
            assert_eq!(opened, Err(NotOpened::Tampered), "bit {place}");
        }
        let nonce = [7; NONCE_LEN];
        let other = Sealed { nonce, ..whole };
        assert!(key(1).open(endpoint(1), &other).is_err());
    }

    #[test]
    fn a_master_key_is_32_bytes_in_base64() {
        let made = MasterKey::generate(&Counting).expect("randomness");
        assert!(MasterKey::parse(&made).is_ok());
        assert!(MasterKey::parse(&format!("{}\n", made.as_str())).is_ok());
        for bytes in [0, 16, 31, 33, 64] {
            let text = STANDARD.encode(vec![1; bytes]);
            assert_eq!(
                MasterKey::parse(&text).map(|_| ()),
                Err(NotAMasterKey),
                "{bytes}"
            );
        }
        assert_eq!(
            MasterKey::parse("not base64").map(|_| ()),
            Err(NotAMasterKey)
        );
    }

    #[test]
    fn a_key_shows_its_id_and_nothing_else() {
        let printed = format!("{:?}", key(1));
        assert_eq!(
            printed,
            format!("MasterKey {{ id: {:?}, .. }}", key(1).id())
        );
        assert_eq!(key(1).id().len(), 16);
        assert_ne!(key(1).id(), key(2).id());
    }
}
