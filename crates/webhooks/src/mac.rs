//! The two HMACs of a message.

use std::fmt::Write;

use ring::hmac::{Context, HMAC_SHA256, Key, Tag, sign};

use crate::secret::SigningSecret;

/// `sha256=…`: over the body alone, keyed with the secret's text as it is shown.
pub(crate) fn body_signature(secret: &SigningSecret, body: &[u8]) -> String {
    let key = Key::new(HMAC_SHA256, secret.expose().as_bytes());
    let mut signature = String::from("sha256=");
    for byte in sign(&key, body).as_ref() {
        write!(signature, "{byte:02x}").expect("a string takes every character");
    }
    signature
}

/// The tag of `id.timestamp.body`, keyed with the secret's bytes.
pub(crate) fn message_tag(secret: &SigningSecret, id: &str, timestamp: &str, body: &[u8]) -> Tag {
    let key = Key::new(HMAC_SHA256, secret.bytes());
    let mut context = Context::with_key(&key);
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        context.update(part);
    }
    context.sign()
}
