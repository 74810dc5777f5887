//! The secrets of second factors, sealed under this process's master key.

use std::sync::Arc;

use org_auth::entropy::SystemEntropy;
use org_auth::second_factor::{NotOpened, NotSealed, SealedSecret, SecretBox};
use org_kernel::entropy::Entropy;
use org_kernel::id::UserId;
use org_webhooks::sealing::{self, MasterKey, Sealed};
use secrecy::zeroize::Zeroizing;

/// A box that the master key opens; none without a key, and then no second factor can be switched on.
pub(crate) fn secret_box(master_key: Option<Arc<MasterKey>>) -> Option<Arc<dyn SecretBox>> {
    let key = master_key?;
    let entropy = Arc::new(SystemEntropy::new());
    Some(Arc::new(UnderMasterKey { key, entropy }))
}

struct UnderMasterKey {
    key: Arc<MasterKey>,
    entropy: Arc<dyn Entropy>,
}

impl SecretBox for UnderMasterKey {
    fn seal(&self, user: UserId, secret: &[u8]) -> Result<SealedSecret, NotSealed> {
        let entropy = self.entropy.as_ref();
        let sealed = self.key.seal_bytes(entropy, user.into(), secret)?;
        Ok(SealedSecret {
            key_id: sealed.key_id,
            nonce: sealed.nonce,
            ciphertext: sealed.ciphertext,
        })
    }

    fn open(&self, user: UserId, sealed: &SealedSecret) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        let sealed = Sealed {
            key_id: sealed.key_id.clone(),
            nonce: sealed.nonce,
            ciphertext: sealed.ciphertext.clone(),
        };
        let opened = self.key.open_bytes(user.into(), &sealed);
        opened.map_err(|refused| match refused {
            sealing::NotOpened::OtherKey { sealed_under, .. } => {
                NotOpened::OtherKey { sealed_under }
            }
            sealing::NotOpened::Tampered => NotOpened::Tampered,
        })
    }
}

#[cfg(test)]
mod tests {
    use org_kernel::id_source::{IdSource, SystemIds};

    use super::*;

    const SECRET: &[u8] = b"twenty bytes of data";

    fn new_box() -> Arc<dyn SecretBox> {
        let text = MasterKey::generate(&SystemEntropy::new()).expect("randomness");
        let key = MasterKey::parse(&text).expect("a key");
        secret_box(Some(Arc::new(key))).expect("a box")
    }

    fn user() -> UserId {
        UserId::new(SystemIds.uuid())
    }

    #[test]
    fn what_is_sealed_opens_for_its_user_alone() {
        let (secrets, ada, ida) = (new_box(), user(), user());
        let sealed = secrets.seal(ada, SECRET).expect("sealed");
        let opened = secrets.open(ada, &sealed).expect("opened");
        assert_eq!(opened.as_slice(), SECRET);
        let refused = secrets.open(ida, &sealed).map(|_| ());
        assert_eq!(refused, Err(NotOpened::Tampered));
    }

    #[test]
    fn another_key_is_known_as_such() {
        let ada = user();
        let sealed = new_box().seal(ada, SECRET).expect("sealed");
        let refused = new_box().open(ada, &sealed).map(|_| ());
        let sealed_under = sealed.key_id;
        assert_eq!(refused, Err(NotOpened::OtherKey { sealed_under }));
    }

    #[test]
    fn without_a_key_there_is_no_box() {
        assert!(secret_box(None).is_none());
    }
}
