//! What the sender has on its hands: attempts that are being made, and those that have ended and are
//! not recorded.

use std::collections::HashMap;
use std::hash::Hash;

use org_kernel::id::EndpointId;
use org_webhooks::outgoing::Attempted;
use tokio::time::Instant;

use super::begun::Begun;
use super::failing::Failing;

/// Each attempt that is being made is known by a key of `K`.
#[derive(Debug)]
pub(super) struct Slots<K> {
    in_all: u32,
    per_endpoint: u32,
    failing: Failing,
    begun: HashMap<K, Begun>,
    ended: Vec<Attempted>,
}

impl<K: Eq + Hash> Slots<K> {
    /// With nothing on hand. So many attempts may be made at once, in all and at one endpoint; one at an
    /// endpoint that has failed as often in a row.
    pub(super) fn new(in_all: u32, per_endpoint: u32) -> Self {
        Self {
            in_all,
            per_endpoint,
            failing: Failing::after(per_endpoint),
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

    /// Takes note of how an attempt has ended, and keeps it until it is recorded.
    pub(super) fn note(&mut self, ended: Attempted) {
        self.failing.note(&ended, Instant::now());
        self.ended.push(ended);
    }

    /// Takes note that an endpoint is disabled.
    pub(super) fn forget(&mut self, endpoint: EndpointId) {
        self.failing.forget(endpoint);
    }

    /// Keeps what could not be recorded.
    pub(super) fn keep(&mut self, ended: impl IntoIterator<Item = Attempted>) {
        self.ended.extend(ended);
    }

    /// Hands over what is not recorded; whoever cannot record it [keeps](Self::keep) it again.
    pub(super) fn take_ended(&mut self) -> Vec<Attempted> {
        std::mem::take(&mut self.ended)
    }

    /// How many more attempts can be begun once what has ended is recorded.
    pub(super) fn room(&self) -> u32 {
        let taken = u32::try_from(self.begun.len()).unwrap_or(u32::MAX);
        self.in_all.saturating_sub(taken)
    }

    /// How many of its slots each endpoint has taken: one for each attempt that is being made, and of an
    /// endpoint that fails all but one besides.
    pub(super) fn at_endpoints(&mut self) -> Vec<(EndpointId, u32)> {
        self.failing.forget_old(Instant::now());
        let kept = self.per_endpoint.saturating_sub(1);
        let failing = self.failing.endpoints();
        let mut at_endpoints: HashMap<_, _> = failing.map(|endpoint| (endpoint, kept)).collect();
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

#[cfg(test)]
mod tests {
    use org_kernel::id::Id;
    use org_kernel::id_source::{IdSource, SequentialIds};
    use std::time::Duration;

    use org_kernel::instant;
    use org_webhooks::delivery::Outcome;
    use org_webhooks::endpoint::EndpointUrl;
    use org_webhooks::outgoing::{Claimed, Doing};

    use super::super::begun::Ending;
    use super::*;

    fn now() -> instant::Instant {
        "2026-03-14T18:30:00Z".parse().expect("an instant")
    }

    fn begun(ids: &dyn IdSource, endpoint: EndpointId) -> Begun {
        let claimed = Claimed {
            org: ids.next(),
            id: ids.next(),
            endpoint,
            url: EndpointUrl::stored("https://hooks.example/".to_owned()),
            message: ids.next(),
            payload: "{}".to_owned(),
            number: 1,
            failures: 0,
            secrets: Vec::new(),
        };
        Begun::of(&claimed, now())
    }

    fn failed(begun: Begun) -> Attempted {
        let error = "closed".to_owned();
        ended(begun, Outcome::Failed { error })
    }

    fn delivered(begun: Begun) -> Attempted {
        let outcome = Outcome::Answered {
            status: 200,
            body: String::new(),
            retry_after: None,
        };
        ended(begun, outcome)
    }

    fn ended(begun: Begun, outcome: Outcome) -> Attempted {
        begun.end(Ending {
            headers: None,
            outcome,
            doing: Doing::Receiver,
            ended_at: now(),
            random: 0,
        })
    }

    #[test]
    fn what_is_begun_takes_room_until_it_ends() {
        let ids = &SequentialIds::at(1) as &dyn IdSource;
        let (one, other) = (ids.next(), ids.next());
        let mut slots = Slots::new(4, 2);
        for (key, endpoint) in [(1, one), (2, other), (3, one)] {
            slots.begin(key, begun(ids, endpoint));
        }
        assert_eq!(slots.room(), 1);
        let mut at_endpoints = slots.at_endpoints();
        at_endpoints.sort_unstable();
        assert_eq!(at_endpoints, [(one, 2), (other, 1)]);
        assert_eq!(slots.end(&2).map(|begun| begun.endpoint), Some(other));
        assert_eq!(slots.room(), 2);
        assert_eq!(slots.at_endpoints(), [(one, 2)]);
    }

    #[test]
    fn a_slot_is_freed_once() {
        let ids = &SequentialIds::at(1) as &dyn IdSource;
        let mut slots = Slots::new(1, 1);
        slots.begin(1, begun(ids, Id::nobody()));
        assert_eq!(slots.room(), 0);
        assert!(slots.end(&1).is_some());
        assert!(slots.end(&1).is_none());
        assert_eq!(slots.room(), 1);
    }

    #[test]
    fn what_could_not_be_recorded_is_handed_over_again() {
        let ids = &SequentialIds::at(1) as &dyn IdSource;
        let mut slots = Slots::<u8>::new(1, 1);
        assert!(slots.are_empty());
        let attempted = failed(begun(ids, Id::nobody()));
        slots.note(attempted.clone());
        assert!(!slots.are_empty());
        let taken = slots.take_ended();
        assert_eq!(
            (taken.as_slice(), slots.unrecorded()),
            (&[attempted][..], 0)
        );
        slots.keep(taken);
        assert_eq!(slots.unrecorded(), 1);
    }

    #[test]
    fn an_endpoint_that_fails_has_one_slot_until_it_succeeds() {
        let ids = &SequentialIds::at(1) as &dyn IdSource;
        let (bad, good) = (ids.next(), ids.next());
        let mut slots = Slots::<u8>::new(100, 3);
        for _ in 0..2 {
            slots.note(failed(begun(ids, bad)));
            slots.note(failed(begun(ids, good)));
        }
        slots.note(delivered(begun(ids, good)));
        slots.note(failed(begun(ids, good)));
        assert_eq!(slots.at_endpoints(), []);
        slots.note(failed(begun(ids, bad)));
        assert_eq!(slots.at_endpoints(), [(bad, 2)]);
        slots.begin(1, begun(ids, bad));
        assert_eq!(slots.at_endpoints(), [(bad, 3)]);
        slots.note(delivered(begun(ids, bad)));
        assert_eq!(slots.at_endpoints(), [(bad, 1)]);
    }

    #[test]
    fn an_endpoint_that_is_disabled_is_forgotten() {
        let ids = &SequentialIds::at(1) as &dyn IdSource;
        let mut slots = Slots::<u8>::new(100, 2);
        let endpoint = ids.next();
        for _ in 0..2 {
            slots.note(failed(begun(ids, endpoint)));
        }
        assert_eq!(slots.at_endpoints(), [(endpoint, 1)]);
        slots.forget(endpoint);
        assert_eq!(slots.at_endpoints(), []);
    }

    #[tokio::test(start_paused = true)]
    async fn an_endpoint_that_is_not_heard_of_for_an_hour_is_forgotten() {
        let ids = &SequentialIds::at(1) as &dyn IdSource;
        let mut slots = Slots::<u8>::new(100, 2);
        let (heard_of, not) = (ids.next(), ids.next());
        for endpoint in [heard_of, heard_of, not, not] {
            slots.note(failed(begun(ids, endpoint)));
        }
        tokio::time::advance(Duration::from_mins(59)).await;
        slots.note(failed(begun(ids, heard_of)));
        assert_eq!(slots.at_endpoints().len(), 2);
        tokio::time::advance(Duration::from_mins(1)).await;
        assert_eq!(slots.at_endpoints(), [(heard_of, 1)]);
    }
}
