//! What the sender has on its hands: attempts that are being made, and those that have ended and are
//! not recorded.

use std::collections::HashMap;
use std::hash::Hash;

use org_kernel::id::EndpointId;
use org_webhooks::outgoing::Attempted;

use super::begun::Begun;

/// Each attempt that is being made is known by a key of `K`.
#[derive(Debug)]
pub(super) struct Slots<K> {
    in_all: u32,
    begun: HashMap<K, Begun>,
    ended: Vec<Attempted>,
}

impl<K: Eq + Hash> Slots<K> {
    /// With nothing on hand; `in_all` attempts may be made at once.
    pub(super) fn new(in_all: u32) -> Self {
        Self {
            in_all,
            begun: HashMap::new(),
            ended: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, key: K, begun: Begun) {
        self.begun.insert(key, begun);
    }

    /// Frees a slot; answers what was in it.
    pub(super) fn end(&mut self, key: &K) -> Option<Begun> {
        self.begun.remove(key)
    }

    /// Keeps what has ended until it is recorded.
    pub(super) fn keep(&mut self, ended: impl IntoIterator<Item = Attempted>) {
        self.ended.extend(ended);
    }

    /// Hands over what is not recorded; whoever cannot record it [keeps](Self::keep) it again.
    pub(super) fn take_ended(&mut self) -> Vec<Attempted> {
        std::mem::take(&mut self.ended)
    }

    /// How many more attempts can be begun. What has ended takes up room too, so that there is an end to
    /// what is kept.
    pub(super) fn room(&self) -> u32 {
        let taken = self.begun.len() + self.ended.len();
        self.in_all.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX))
    }

    /// How many attempts are being made at each endpoint.
    pub(super) fn at_endpoints(&self) -> Vec<(EndpointId, u32)> {
        let mut at_endpoints = HashMap::new();
        for begun in self.begun.values() {
            *at_endpoints.entry(begun.endpoint).or_default() += 1;
        }
        at_endpoints.into_iter().collect()
    }

    /// True when nothing is being made and nothing is left to be recorded.
    pub(super) fn are_empty(&self) -> bool {
        self.begun.is_empty() && self.ended.is_empty()
    }

    /// How many attempts have ended and are not recorded.
    pub(super) fn unrecorded(&self) -> usize {
        self.ended.len()
    }
}
