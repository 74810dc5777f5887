//! The box that tests stand on: it hides nothing.

use org_kernel::id::UserId;
use secrecy::zeroize::Zeroizing;

use super::{NotOpened, NotSealed, SealedSecret, SecretBox};

/// Writes the user's id before the secret, and wants to see it again. For tests, and never for a secret.
#[derive(Clone, Debug)]
pub struct PlainBox {
    /// What it calls its key.
    pub key_id: String,
}

impl Default for PlainBox {
    fn default() -> Self {
        Self {
            key_id: "plain".to_owned(),
        }
    }
}

impl SecretBox for PlainBox {
    fn seal(&self, user: UserId, secret: &[u8]) -> Result<SealedSecret, NotSealed> {
        Ok(SealedSecret {
            key_id: self.key_id.clone(),
            nonce: [0; 12],
            ciphertext: [user.uuid().as_bytes(), secret].concat(),
        })
    }

    fn open(&self, user: UserId, sealed: &SealedSecret) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        if sealed.key_id != self.key_id {
            return Err(NotOpened::OtherKey {
                sealed_under: sealed.key_id.clone(),
            });
        }
        let secret = sealed.ciphertext.strip_prefix(user.uuid().as_bytes());
        let secret = secret.ok_or(NotOpened::Tampered)?;
        Ok(Zeroizing::new(secret.to_vec()))
    }
}
