//! What this crate's tests have in common: a message, two secrets, and what they must come to.
//!
//! The signatures were worked out apart from this crate, with Python's `hmac`. The body's begins
//! some of its bytes with a zero, and the older secret's has digits in which alphabets of base 64
//! differ.

pub(crate) mod scene;

use std::sync::atomic::{AtomicU8, Ordering};

use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::id::{EventId, OrgId};
use org_kernel::instant::Instant;
use uuid::Uuid;

use crate::secret::SigningSecret;
use crate::signing::Message;

/// The bytes 0 to 31.
pub(crate) const NEWEST: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The bytes 32 to 63.
pub(crate) const OLDER: &str = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

pub(crate) const ID: &str = "evt_01h455vb4pex5vsknk084sn02q";

pub(crate) const TIMESTAMP: &str = "1773513007";

pub(crate) const BODY: &str =
    r#"{"id":"evt_01h455vb4pex5vsknk084sn02q","data":{"title":"Janáček: Sinfonietta"}}"#;

pub(crate) const BODY_SIGNATURE: &str =
    "sha256=57389322ba5873002e77fd2e3bd9e3c977031dd234553909a5e48cf4ca78961b";

pub(crate) const NEWEST_SIGNATURE: &str = "v1,xYWZv5YCqKIprzSRpeDnENBXMZyPEq50VuQ09nO6fRU=";

pub(crate) const OLDER_SIGNATURE: &str = "v1,4ybstDznBNrNJ8Ahv/wT06aIa0xDKJO402fNn+bsKn8=";

pub(crate) fn secret(text: &str) -> SigningSecret {
    SigningSecret::parse(text).expect("a secret")
}

pub(crate) fn id() -> EventId {
    ID.parse().expect("an id")
}

/// [`TIMESTAMP`], and the larger part of the second after it.
pub(crate) fn signed_at() -> Instant {
    "2026-03-14T18:30:07.999Z".parse().expect("an instant")
}

pub(crate) fn message(body: &[u8]) -> Message<'_> {
    Message {
        id: id(),
        signed_at: signed_at(),
        body,
    }
}

/// Gives the bytes 0, 1, 2, ….
pub(crate) struct Counting;

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoEntropy> {
        for (byte, number) in buffer.iter_mut().zip(0..) {
            *byte = number;
        }
        Ok(())
    }
}

/// Gives other bytes each time.
#[derive(Default)]
pub(crate) struct Rising(AtomicU8);

impl Entropy for Rising {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoEntropy> {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
        Ok(())
    }
}

pub(crate) fn org(number: u128) -> OrgId {
    OrgId::new(Uuid::from_u128(number))
}
