//! How the receivers of webhooks fare, those first that do not.

use std::cmp::Reverse;

use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use org_webhooks::endpoint::Endpoint;

use super::facts::Facts;

/// How many are shown; the page of webhooks has them all.
const SHOWN: usize = 8;

/// One endpoint.
#[derive(Debug)]
pub(super) struct Receiver {
    pub(super) id: EndpointId,
    pub(super) url: String,
    pub(super) state: State,
    /// When the newest delivery was made, if there is one.
    pub(super) newest: Option<Instant>,
}

/// How an endpoint fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// Its last attempt failed, and so did all since then.
    FailingSince(Instant),
    Disabled,
    Well,
}

/// The receivers that are shown, and how many are not.
pub(super) fn receivers(facts: &Facts) -> (Vec<Receiver>, u64) {
    let mut all: Vec<_> = facts
        .endpoints
        .iter()
        .map(|endpoint| Receiver {
            id: endpoint.id,
            url: endpoint.url.as_str().to_owned(),
            state: State::of(endpoint),
            newest: facts.newest.get(&endpoint.id).copied(),
        })
        .collect();
    all.sort_by_key(|receiver| (receiver.state, Reverse(receiver.newest)));
    let hidden = all.len().saturating_sub(SHOWN) as u64;
    all.truncate(SHOWN);
    (all, hidden)
}

impl State {
    fn of(endpoint: &Endpoint) -> Self {
        match endpoint.failing_since {
            _ if !endpoint.enabled => Self::Disabled,
            Some(since) => Self::FailingSince(since),
            None => Self::Well,
        }
    }
}
