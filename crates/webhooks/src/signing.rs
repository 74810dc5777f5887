//! Signing a message, as the server does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use org_kernel::id::EventId;
use org_kernel::instant::Instant;

use crate::delivery::Headers;
use crate::secret::SigningSecret;
use crate::{header, mac};

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The event's id, the same on every attempt.
    pub id: EventId,
    /// When this attempt is signed; headers say it in whole seconds, cut off.
    pub signed_at: Instant,
    /// The exact bytes that are sent.
    pub body: &'a [u8],
}

/// The four headers of a signed message, names and values, in the order in which they are sent.
///
/// Receivers that know one secret find a signature by it, be it the newest or one that is still
/// valid after a rotation. The signature of the body alone has room for one, and is the newest's.
pub fn sign<'a>(
    message: Message<'_>,
    newest: &'a SigningSecret,
    older: impl IntoIterator<Item = &'a SigningSecret>,
) -> [(&'static str, String); 4] {
    let id = message.id.to_string();
    let timestamp = message.signed_at.to_utc().unix_timestamp().to_string();
    let signature = |secret| {
        let tag = mac::message_tag(secret, &id, &timestamp, message.body);
        format!("v1,{}", STANDARD.encode(tag))
    };
    let secrets = std::iter::once(newest).chain(older);
    let signatures = secrets.map(signature).collect::<Vec<_>>().join(" ");
    let body_signature = mac::body_signature(newest, message.body);
    [
        (header::BODY_SIGNATURE, body_signature),
        (header::ID, id),
        (header::TIMESTAMP, timestamp),
        (header::SIGNATURE, signatures),
    ]
}

/// [`sign`] with all secrets that are valid, the newest first; without any there are no headers.
pub fn headers(message: Message<'_>, secrets: &[SigningSecret]) -> Headers {
    let Some((newest, older)) = secrets.split_first() else {
        return Headers::new();
    };
    let signed = sign(message, newest, older);
    signed.map(|(name, value)| (name.to_owned(), value)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{
        BODY, BODY_SIGNATURE, ID, NEWEST, NEWEST_SIGNATURE, OLDER, OLDER_SIGNATURE, TIMESTAMP,
        message, secret,
    };

    #[test]
    fn a_known_message_has_its_known_headers() {
        let signed = sign(message(BODY.as_bytes()), &secret(NEWEST), []);
        let expected = [
            ("X-Kalinklo-Signature", BODY_SIGNATURE),
            ("webhook-id", ID),
            ("webhook-timestamp", TIMESTAMP),
            ("webhook-signature", NEWEST_SIGNATURE),
        ];
        assert_eq!(
            signed,
            expected.map(|(name, value)| (name, value.to_owned()))
        );
    }

    #[test]
    fn every_valid_secret_signs_the_newest_first() {
        let signed = sign(message(BODY.as_bytes()), &secret(NEWEST), [&secret(OLDER)]);
        let [body_signature, _, _, signatures] = signed.map(|(_, value)| value);
        assert_eq!(body_signature, BODY_SIGNATURE);
        assert_eq!(signatures, format!("{NEWEST_SIGNATURE} {OLDER_SIGNATURE}"));
    }
}
