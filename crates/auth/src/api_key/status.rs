//! What is to be said of a key first.

use org_kernel::instant::Instant;
use time::Duration;

use super::ApiKey;

/// For how long before its end a key is said to end soon.
pub const SOON: Duration = Duration::days(14);

/// What has become of a key, or is about to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStatus {
    /// It may be used, and nothing is to be done about it.
    Active,
    /// It may be used, but not for longer than [`SOON`], and no other key takes its place.
    ExpiresSoon,
    /// Another key has taken its place. It may be used until it expires, if it has not.
    Replaced,
    /// It may not be used any more, because its time is over.
    Expired,
    /// It may not be used any more, because somebody ended it.
    Revoked,
}

impl ApiKey {
    /// What is to be said of the key first, when several things are true of it.
    pub fn status(&self, now: Instant) -> KeyStatus {
        let ends_by = |end: Instant| self.expires_at.is_some_and(|expiry| expiry <= end);
        if self.revoked_at.is_some() {
            KeyStatus::Revoked
        } else if self.replaced_by.is_some() {
            KeyStatus::Replaced
        } else if ends_by(now) {
            KeyStatus::Expired
        } else if ends_by(now.saturating_add(SOON)) {
            KeyStatus::ExpiresSoon
        } else {
            KeyStatus::Active
        }
    }

    /// True while requests with the key are let in.
    pub fn works_at(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expiry| now < expiry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{key_id, new_key, now};

    fn key(expires_in: Option<Duration>) -> ApiKey {
        let (key, _) = new_key(1);
        let expires_at = expires_in.map(|by| now().saturating_add(by));
        ApiKey {
            expires_at,
            ..key.into_stored(String::new())
        }
    }

    #[test]
    fn a_key_without_an_end_or_with_a_far_one_is_active() {
        for end in [None, Some(SOON + Duration::MILLISECOND)] {
            assert_eq!(key(end).status(now()), KeyStatus::Active, "{end:?}");
        }
    }

    #[test]
    fn the_last_fortnight_and_the_end_are_told_to_the_millisecond() {
        for (end, expected, works) in [
            (SOON, KeyStatus::ExpiresSoon, true),
            (Duration::MILLISECOND, KeyStatus::ExpiresSoon, true),
            (Duration::ZERO, KeyStatus::Expired, false),
            (-Duration::DAY, KeyStatus::Expired, false),
        ] {
            let key = key(Some(end));
            assert_eq!(key.status(now()), expected, "{end}");
            assert_eq!(key.works_at(now()), works, "{end}");
        }
    }

    #[test]
    fn what_somebody_did_is_told_before_what_the_clock_did() {
        let replaced = ApiKey {
            replaced_by: Some(key_id(2)),
            ..key(Some(Duration::HOUR))
        };
        assert_eq!(replaced.status(now()), KeyStatus::Replaced);
        assert!(replaced.works_at(now()), "until it expires");
        let revoked = ApiKey {
            revoked_at: Some(now()),
            ..replaced
        };
        assert_eq!(revoked.status(now()), KeyStatus::Revoked);
        assert!(!revoked.works_at(now()));
    }
}
