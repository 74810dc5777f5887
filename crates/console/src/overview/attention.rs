//! What needs somebody's attention.
//!
//! Every rule is of facts alone. What is found is listed with what is worst first, and each says where it
//! is put right.

#[cfg(test)]
mod tests;
mod told;

use std::collections::BTreeSet;

use org_auth::api_key::ApiKey;
use org_auth::user::{Role, User};
use org_kernel::id::{EndpointId, KeyId, UserId};
use org_kernel::instant::Instant;
use org_webhooks::endpoint::{DisabledBecause, Endpoint};
use time::Duration;

use super::facts::Facts;

/// For how long a receiver may fail before it is worth more than a word: most are back within the hour.
const FAILING_FOR: Duration = Duration::HOUR;

/// How long before its end a key is told of.
const EXPIRES_WITHIN: Duration = Duration::days(14);

/// How long after its end it is.
const EXPIRED_WITHIN: Duration = Duration::days(7);

/// How many refused requests in a day are many, if they are a tenth of all at least.
const MANY_REFUSED: u64 = 100;

/// Something that needs attention. The worst kinds come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Attention {
    /// The server has disabled an endpoint, or people have.
    Disabled {
        because: Because,
        endpoint: EndpointId,
        url: String,
        since: Instant,
    },
    /// An endpoint has failed for a while, and is tried on.
    Failing {
        since: Instant,
        endpoint: EndpointId,
        url: String,
    },
    /// A key has expired a short while ago, and no other has taken its place.
    Expired {
        at: Instant,
        key: KeyId,
        name: String,
    },
    /// An endpoint has begun to fail, and is tried on.
    Faltering {
        since: Instant,
        endpoint: EndpointId,
        url: String,
    },
    /// A key expires soon, and no other has taken its place.
    Expires {
        at: Instant,
        key: KeyId,
        name: String,
    },
    /// A key met its limit, today or yesterday.
    Limited { key: KeyId, name: String },
    /// Many requests were refused.
    ManyRefused { refused: u64, requests: u64 },
    /// Somebody was invited, and can no longer come.
    LinkEnded { user: UserId, name: String },
    /// The reader, who is an owner, has no second factor.
    Unprotected,
    /// Another owner has none.
    UnprotectedOwner { user: UserId, name: String },
}

/// Why an endpoint is disabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Because {
    Failing,
    Gone,
    Asked,
}

/// Everything that needs attention, as `reader` is told of it.
pub(super) fn attention(facts: &Facts, reader: &User) -> Vec<Attention> {
    let now = facts.now;
    let mut found: Vec<Attention> = Vec::new();
    found.extend(
        facts
            .endpoints
            .iter()
            .filter_map(|one| of_endpoint(one, now)),
    );
    found.extend(facts.keys.iter().filter_map(|key| of_key(key, now)));
    found.extend(limited(facts));
    found.extend(refused(facts));
    found.extend(facts.users.iter().filter_map(|user| invited(facts, user)));
    found.extend(
        facts
            .users
            .iter()
            .filter_map(|user| unprotected(facts, user, reader)),
    );
    found.sort();
    found
}

fn of_endpoint(endpoint: &Endpoint, now: Instant) -> Option<Attention> {
    let url = endpoint.url.as_str().to_owned();
    if !endpoint.enabled {
        return Some(Attention::Disabled {
            because: match endpoint.disabled_because {
                Some(DisabledBecause::Failing) => Because::Failing,
                Some(DisabledBecause::Gone) => Because::Gone,
                None => Because::Asked,
            },
            endpoint: endpoint.id,
            url,
            since: endpoint.updated_at,
        });
    }
    let (since, endpoint) = (endpoint.failing_since?, endpoint.id);
    Some(if now.since(since) > FAILING_FOR {
        Attention::Failing {
            since,
            endpoint,
            url,
        }
    } else {
        Attention::Faltering {
            since,
            endpoint,
            url,
        }
    })
}

fn of_key(key: &ApiKey, now: Instant) -> Option<Attention> {
    let at = key.expires_at?;
    if key.revoked_at.is_some() || key.replaced_by.is_some() {
        return None;
    }
    let (key, name) = (key.id, key.name.to_string());
    let left = at.since(now);
    if left > Duration::ZERO {
        (left <= EXPIRES_WITHIN).then_some(Attention::Expires { at, key, name })
    } else {
        (-left <= EXPIRED_WITHIN).then_some(Attention::Expired { at, key, name })
    }
}

/// Keys that can still be used; of the others nobody minds.
fn limited(facts: &Facts) -> impl Iterator<Item = Attention> {
    let days = facts.key_days.iter().filter(|day| day.tally.limited > 0);
    let met: BTreeSet<_> = days.map(|day| day.key).collect();
    let now = facts.now;
    let in_use =
        move |key: &&ApiKey| key.revoked_at.is_none() && key.expires_at.is_none_or(|end| now < end);
    let keys = facts.keys.iter().filter(in_use);
    keys.filter(move |key| met.contains(&key.id))
        .map(|key| Attention::Limited {
            key: key.id,
            name: key.name.to_string(),
        })
}

fn refused(facts: &Facts) -> Option<Attention> {
    let all = facts.traffic();
    let (refused, requests) = (all.refused, all.requests());
    let many = refused >= MANY_REFUSED && refused.saturating_mul(10) >= requests;
    many.then_some(Attention::ManyRefused { refused, requests })
}

fn invited(facts: &Facts, user: &User) -> Option<Attention> {
    let can_come = user.joined_at.is_some() || facts.may_come.contains(&user.id);
    (!can_come).then(|| Attention::LinkEnded {
        user: user.id,
        name: user.name.to_string(),
    })
}

fn unprotected(facts: &Facts, user: &User, reader: &User) -> Option<Attention> {
    if !facts.second_factors || user.role != Role::Owner {
        return None;
    }
    if user.joined_at.is_none() || user.has_second_factor {
        return None;
    }
    if user.id == reader.id {
        return Some(Attention::Unprotected);
    }
    Some(Attention::UnprotectedOwner {
        user: user.id,
        name: user.name.to_string(),
    })
}
