//! Verifying a message, as its receiver does.
//!
//! Signatures are compared in constant time: how long a refusal takes tells nothing of how much of
//! a guess was right.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use org_kernel::instant::Instant;
use subtle::{Choice, ConstantTimeEq};

use crate::mac;
use crate::secret::SigningSecret;

mod headers;
#[cfg(test)]
mod tests;

pub use headers::value_of;

/// How far a message's time may lie from the receiver's, unless there is reason for another figure.
pub const TOLERANCE: Duration = Duration::from_mins(5);

/// A message as it arrived: three headers' values, and the exact bytes of the body.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The value of [`header::ID`](crate::header::ID).
    pub id: &'a str,
    /// The value of [`header::TIMESTAMP`](crate::header::TIMESTAMP).
    pub timestamp: &'a str,
    /// The value of [`header::SIGNATURE`](crate::header::SIGNATURE).
    pub signature: &'a str,
    /// The body, not parsed and written again.
    pub body: &'a [u8],
}

/// Why a message is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// The header of this name is not there.
    #[error("the header {0} is missing")]
    MissingHeader(&'static str),
    /// The header of this name is there more than once, and another reader may take another of them.
    #[error("the header {0} is there more than once")]
    RepeatedHeader(&'static str),
    /// The timestamp is not a number of seconds since 1970.
    #[error("the timestamp is not a number of seconds")]
    BadTimestamp,
    /// The message was signed too long ago: somebody may be sending it again.
    #[error("the message is too old")]
    TooOld,
    /// The message was signed in what is the future here.
    #[error("the message is from the future")]
    TooNew,
    /// No signature was made of this message with any of the secrets.
    #[error("no signature fits the message")]
    BadSignature,
}

/// Verifies a message by its Standard Webhooks headers.
///
/// `secrets` are those that the receiver accepts, one or, around a rotation, two; without any,
/// nothing is verified. `tolerance` counts in whole seconds, in both directions.
pub fn verify(
    received: Received<'_>,
    secrets: &[SigningSecret],
    now: Instant,
    tolerance: Duration,
) -> Result<(), Unverified> {
    check_time(received.timestamp, now, tolerance)?;
    let given: Vec<_> = received
        .signature
        .split(' ')
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .filter_map(|digits| STANDARD.decode(digits).ok())
        .collect();
    any_fits(secrets, |secret| {
        let tag = mac::message_tag(secret, received.id, received.timestamp, received.body);
        let fits = given.iter().map(|given| tag.as_ref().ct_eq(given));
        fits.fold(Choice::from(0), |any, fits| any | fits)
    })
}

/// Verifies a body by the value of [`header::BODY_SIGNATURE`](crate::header::BODY_SIGNATURE) alone.
///
/// It says nothing of when the body was sent: a message that is sent again passes.
pub fn verify_body(
    signature: &str,
    body: &[u8],
    secrets: &[SigningSecret],
) -> Result<(), Unverified> {
    any_fits(secrets, |secret| {
        let expected = mac::body_signature(secret, body);
        expected.as_bytes().ct_eq(signature.as_bytes())
    })
}

fn check_time(timestamp: &str, now: Instant, tolerance: Duration) -> Result<(), Unverified> {
    let signed_at: i64 = timestamp.parse().map_err(|_| Unverified::BadTimestamp)?;
    let now = now.to_utc().unix_timestamp();
    if now.abs_diff(signed_at) <= tolerance.as_secs() {
        Ok(())
    } else if signed_at < now {
        Err(Unverified::TooOld)
    } else {
        Err(Unverified::TooNew)
    }
}

/// Tries every secret, also after one that fits.
fn any_fits(
    secrets: &[SigningSecret],
    fits: impl Fn(&SigningSecret) -> Choice,
) -> Result<(), Unverified> {
    let any = secrets.iter().map(fits);
    let any = any.fold(Choice::from(0), |any, fits| any | fits);
    bool::from(any)
        .then_some(())
        .ok_or(Unverified::BadSignature)
}
