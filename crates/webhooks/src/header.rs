//! The names of the headers that a delivery carries.

/// `sha256=` and the HMAC-SHA256 of the body in hexadecimal.
pub const BODY_SIGNATURE: &str = "X-Kalinklo-Signature";

/// The event's id, the same on every attempt.
pub const ID: &str = "webhook-id";

/// When the message was signed, in seconds since 1970.
pub const TIMESTAMP: &str = "webhook-timestamp";

/// `v1,` and an HMAC-SHA256 in base64, once for every valid secret, with spaces between.
pub const SIGNATURE: &str = "webhook-signature";
