//! What is said of a key first, in a word or two.

use org_auth::api_key::{ApiKey, KeyStatus};
use org_kernel::instant::Instant;

/// The word, and how it is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) words: &'static str,
    pub(crate) class: &'static str,
}

impl Standing {
    pub(crate) fn of(key: &ApiKey, now: Instant) -> Self {
        let (words, class) = match key.status(now) {
            KeyStatus::Active => ("Active", "good"),
            KeyStatus::ExpiresSoon => ("Expires soon", "warn"),
            KeyStatus::Replaced if key.works_at(now) => ("Replaced, still works", "warn"),
            KeyStatus::Replaced => ("Replaced", ""),
            KeyStatus::Expired => ("Expired", "bad"),
            KeyStatus::Revoked => ("Revoked", ""),
        };
        Self { words, class }
    }
}
