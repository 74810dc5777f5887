//! A new key in the place of another, which goes on working for a while.

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::choices;
use org_kernel::entropy::NoEntropy;
use org_kernel::id::KeyId;
use org_kernel::instant::Instant;
use serde::Serialize;
use time::Duration;

use super::told::Told;
use super::{ApiKeys, IssuedKey};
use crate::api_key::{ApiKey, NewKey};
use crate::key::KeySecret;
use crate::key_store::{ReplaceError, Replacement, Target};

choices! {
    /// For how long the old key goes on working beside the new one.
    pub enum Overlap {
        Nothing = "now",
        Hour = "1h",
        Day = "24h",
        Week = "7d",
    }
}

impl Overlap {
    /// So long.
    pub const fn duration(self) -> Duration {
        match self {
            Self::Nothing => Duration::ZERO,
            Self::Hour => Duration::HOUR,
            Self::Day => Duration::DAY,
            Self::Week => Duration::WEEK,
        }
    }
}

/// How somebody wants a key to be rotated.
#[derive(Clone, Copy, Debug)]
pub struct RotateRequest {
    /// The id of the key to be, where it is known before: asked for a second time, it is refused.
    pub id: Option<KeyId>,
    /// For how long the old key goes on working, unless it expires before.
    pub overlap: Overlap,
}

/// Why no key was rotated; everything is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// No key has this id.
    #[error("there is no such key")]
    NoSuchKey,
    /// It was revoked.
    #[error("the key was revoked")]
    Revoked,
    /// Its time is over.
    #[error("the key has expired")]
    Expired,
    /// Another key has taken its place already.
    #[error("the key was rotated already: {by} has taken its place")]
    AlreadyRotated {
        /// Which.
        by: KeyId,
    },
    /// This very request was done already, or the id that it brings is that of another key.
    #[error("the new key was issued already")]
    AlreadyIssued,
    /// There was nothing to make a secret of.
    #[error("no secret could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the key was not rotated")]
    Store(#[source] StoreError),
}

impl RotateError {
    /// What the store's refusal means to whoever wanted the new key to have the id `wanted`.
    fn of(error: ReplaceError, wanted: KeyId) -> Self {
        match error {
            ReplaceError::NoSuchKey => Self::NoSuchKey,
            ReplaceError::Revoked => Self::Revoked,
            ReplaceError::Expired => Self::Expired,
            ReplaceError::Replaced { by } if by == wanted => Self::AlreadyIssued,
            ReplaceError::Replaced { by } => Self::AlreadyRotated { by },
            ReplaceError::IdTaken => Self::AlreadyIssued,
            ReplaceError::Store(cause) => Self::Store(cause),
        }
    }
}

/// What the audit trail tells of the end of an old key.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ending {
    expires_at: Option<Instant>,
    replaced_by: Option<KeyId>,
}

impl ApiKeys {
    /// Makes a key that may do what this one may, as often and for as long as this one was made for, and
    /// has this one expire after the overlap, or when it would have anyway. The new key is answered with
    /// its secret.
    ///
    /// A key is rotated once, and not when it may not be used any more. When this answers, no verifier of
    /// this process lets the old key in for longer than that.
    pub fn rotate(
        &self,
        target: impl Into<Target>,
        request: RotateRequest,
        origin: &Origin,
    ) -> Result<IssuedKey, RotateError> {
        let target = target.into();
        let now = self.clock.now();
        let secret = KeySecret::generate(self.entropy.as_ref())?;
        let id = request.id.unwrap_or_else(|| self.ids.next());
        let [rotated, created] = [self.ids.uuid(), self.ids.uuid()];
        let replaced = self.store.replace(target, &mut |old| {
            check(old, now)?;
            let end = now.saturating_add(request.overlap.duration());
            let old_until = old.expires_at.map_or(end, |expiry| expiry.min(end));
            let key = successor(old, id, &secret, now, origin);
            let rotated = Change::new(rotated, now, "api_key.rotated", old.id);
            let created = Change::new(created, now, "api_key.created", id)
                .with("replaces", old.id.to_string())
                .between(None, &Told::of(&key), &[])?;
            let entries = [
                Entry::of(ending(rotated, old, old_until, id)?, origin),
                Entry::of(created, origin),
            ];
            Ok(Replacement {
                key,
                old_until,
                entries,
            })
        });
        // After a failure too: a store that lost its connection may have done it all the same.
        self.known.forget(target.id);
        let key = replaced.map_err(|error| RotateError::of(error, id))?;
        Ok(IssuedKey { key, secret })
    }
}

fn check(old: &ApiKey, now: Instant) -> Result<(), ReplaceError> {
    if old.revoked_at.is_some() {
        Err(ReplaceError::Revoked)
    } else if old.works_at(now) {
        Ok(())
    } else {
        Err(ReplaceError::Expired)
    }
}

/// A key made for ninety days is followed by one for ninety days.
fn successor(old: &ApiKey, id: KeyId, secret: &KeySecret, now: Instant, origin: &Origin) -> NewKey {
    let same_life = |end: Instant| now.saturating_add(end.since(old.created_at));
    NewKey {
        id,
        org: old.org,
        hash: secret.hash(),
        prefix: secret.prefix(),
        name: old.name.clone(),
        scopes: old.scopes,
        limits: old.limits,
        expires_at: old.expires_at.map(same_life),
        created_at: now,
        created_by: origin.actor,
    }
}

fn ending(change: Change, old: &ApiKey, until: Instant, by: KeyId) -> Result<Change, StoreError> {
    let before = Ending {
        expires_at: old.expires_at,
        replaced_by: None,
    };
    let after = Ending {
        expires_at: Some(until),
        replaced_by: Some(by),
    };
    change.between(Some(&before), &after, &[])
}
