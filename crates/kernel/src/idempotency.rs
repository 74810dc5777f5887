//! Requests that may be sent again without being done again.
//!
//! A client names a write with a key of its own. The first answer is kept under that key, in the
//! transaction of the write, and a repeat is answered from it. A write that is still running holds
//! its key; when its server dies, the database gives the key back along with the rest of the
//! transaction, so that nothing is ever half claimed.

use time::Duration;

use crate::field::{FromText, Invalid};
use crate::instant::Instant;
use crate::store_error::StoreError;

/// How long an answer is kept.
pub const KEPT_FOR: Duration = Duration::hours(24);

/// A client's name for one write: 1 to 255 printable ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    const MAX: usize = 255;

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for IdempotencyKey {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let printable = |byte: u8| (b' '..=b'~').contains(&byte);
        if (1..=Self::MAX).contains(&text.len()) && text.bytes().all(printable) {
            return Ok(Self(text.to_owned()));
        }
        Err(Invalid::new("must be 1 to 255 printable ASCII characters"))
    }
}

/// What tells one request from another: a hash of its method, its path and its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

/// An answer as it was sent the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header `Location`.
    pub location: Option<String>,
    /// The body, byte for byte.
    pub body: String,
}

/// What comes of claiming a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is the caller's until the transaction ends.
    Won,
    /// The same request was answered before, like this.
    Answered(Answer),
    /// The key was used with another request.
    Mismatch,
    /// Another transaction holds it.
    InUse,
}

/// The keys of one organization, within one transaction.
pub trait Claims {
    /// Claims a key for a request. An answer whose time is over at `now` is as if it had never been.
    fn claim(
        &mut self,
        key: &IdempotencyKey,
        request: &Fingerprint,
        now: Instant,
    ) -> Result<Claim, StoreError>;

    /// Keeps the answer to the request that has won the key, until `expires_at`.
    fn keep(
        &mut self,
        key: &IdempotencyKey,
        request: &Fingerprint,
        answer: &Answer,
        expires_at: Instant,
    ) -> Result<(), StoreError>;
}

/// Where answers are forgotten once their time is over.
pub trait KeptAnswers: Send + Sync {
    /// Forgets at most `most` answers whose time was over at `now`, and says how many it forgot.
    fn forget_expired(&self, now: Instant, most: u32) -> Result<u32, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_printable_ascii_within_its_bounds() {
        for good in [" ", "~", "a b", &"k".repeat(255)] {
            assert!(IdempotencyKey::from_text(good).is_ok(), "{good:?}");
        }
        for bad in ["", &"k".repeat(256), "ü", "a\tb", "\u{7f}", "a\nb"] {
            assert!(IdempotencyKey::from_text(bad).is_err(), "{bad:?}");
        }
    }
}
