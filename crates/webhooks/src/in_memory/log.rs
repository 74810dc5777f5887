//! The delivery log.

use org_kernel::audit::Entry;
use org_kernel::id::{DeliveryId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use super::{InMemory, State, StoredDelivery};
use crate::delivery::{Delivery, DeliveryDetail, DeliveryStatus};
use crate::delivery_log::{
    DeliveryLog, DeliveryQuery, DeliveryTarget, NotReplayed, NotResent, Order, Place, Replay,
    ReplayCount, Replayed, SignedDelivery,
};
use crate::endpoint_store::{NoSuchEndpoint, Target};

impl DeliveryLog for InMemory {
    fn deliveries(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        let state = self.lock();
        let found = state.asked_for(query).into_iter();
        Ok(found.map(|stored| stored.delivery.clone()).collect())
    }

    fn signed_deliveries(&self, query: &DeliveryQuery) -> Result<Vec<SignedDelivery>, StoreError> {
        let state = self.lock();
        let found = state.asked_for(query).into_iter();
        found.map(|stored| state.signed(stored)).collect()
    }

    fn delivery(&self, target: DeliveryTarget) -> Result<Option<DeliveryDetail>, StoreError> {
        let state = self.lock();
        let Some(stored) = state.deliveries.get(&target.id) else {
            return Ok(None);
        };
        if !is_meant(&stored.delivery, target) {
            return Ok(None);
        }
        let signed = state.signed(stored)?;
        Ok(Some(DeliveryDetail {
            delivery: signed.delivery,
            payload: signed.payload,
            headers: signed.headers,
            attempts: stored.attempts.clone(),
        }))
    }

    fn insert_test(
        &self,
        test: &SignedDelivery,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchEndpoint>> {
        let mut state = self.lock();
        let org = test.delivery.org;
        state.get(Target {
            org: Some(org),
            id: test.delivery.endpoint,
        })?;
        let stored = StoredDelivery {
            delivery: test.delivery.clone(),
            payload: Some(test.payload.clone()),
            headers: test.headers.clone(),
            attempts: Vec::new(),
            lease: None,
        };
        state.deliveries.insert(test.delivery.id, stored);
        state.trail.push((org, entry.clone()));
        Ok(())
    }

    fn resend(
        &self,
        target: DeliveryTarget,
        now: Instant,
        entry: &Entry,
    ) -> Result<Delivery, WriteError<NotResent>> {
        let mut state = self.lock();
        let found = state.deliveries.get_mut(&target.id);
        let found = found.filter(|stored| is_meant(&stored.delivery, target));
        let stored = found.ok_or(WriteError::Refused(NotResent::NoSuchDelivery))?;
        if stored.delivery.status == DeliveryStatus::Simulated {
            return Err(WriteError::Refused(NotResent::Simulated));
        }
        stored.resend(now);
        let resent = stored.delivery.clone();
        state.trail.push((resent.org, entry.clone()));
        Ok(resent)
    }

    fn replay(&self, replay: &Replay<'_>) -> Result<Replayed, WriteError<NotReplayed>> {
        let mut state = self.lock();
        let found = state.get(replay.endpoint);
        let found = found.map_err(|_| WriteError::Refused(NotReplayed::NoSuchEndpoint))?;
        let org = found.0.org;
        if replay.entry.is_some_and(|entry| state.tells_of(org, entry)) {
            return Err(WriteError::Refused(NotReplayed::BegunAlready));
        }
        let (part, more) = state.part(replay);
        for (_, id) in &part {
            if let Some(stored) = state.deliveries.get_mut(id) {
                stored.resend(replay.now);
            }
        }
        state
            .trail
            .extend(replay.entry.map(|entry| (org, entry.clone())));
        Ok(Replayed {
            deliveries: u32::try_from(part.len()).unwrap_or(u32::MAX),
            last: part.last().copied().filter(|_| more),
        })
    }

    fn count_replay(&self, replay: &ReplayCount) -> Result<u32, WriteError<NoSuchEndpoint>> {
        let mut state = self.lock();
        state.get(replay.endpoint)?;
        let (part, _) = state.part(&Replay {
            endpoint: replay.endpoint,
            since: replay.since,
            until: replay.until,
            now: replay.until,
            after: None,
            most: replay.most,
            entry: None,
        });
        Ok(u32::try_from(part.len()).unwrap_or(u32::MAX))
    }

    fn forget_deliveries_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let mut state = self.lock();
        let all = state.deliveries.values().map(|stored| &stored.delivery);
        let old = all.filter(|delivery| delivery.created_at < before && delivery.due_at.is_none());
        let old: Vec<_> = old.map(|delivery| delivery.id).take(size(most)).collect();
        for id in &old {
            state.deliveries.remove(id);
        }
        Ok(u32::try_from(old.len()).unwrap_or(u32::MAX))
    }
}

impl State {
    fn asked_for(&self, query: &DeliveryQuery) -> Vec<&StoredDelivery> {
        let all = self.deliveries.values();
        let mut found: Vec<_> = all.filter(|stored| stored.is_asked_for(query)).collect();
        found.sort_by_key(|stored| place(&stored.delivery));
        if query.order == Order::NewestFirst {
            found.reverse();
        }
        found.truncate(size(query.limit));
        found
    }

    fn signed(&self, stored: &StoredDelivery) -> Result<SignedDelivery, StoreError> {
        let told = || {
            let told = self.events.get(&stored.delivery.message)?;
            Some(told.event.payload.clone())
        };
        let payload = stored.payload.clone().or_else(told);
        Ok(SignedDelivery {
            delivery: stored.delivery.clone(),
            payload: payload.ok_or_else(|| StoreError::failed("the event is gone"))?,
            headers: stored.headers.clone(),
        })
    }

    /// Whether the trail of an organization has an entry of this id.
    fn tells_of(&self, org: OrgId, entry: &Entry) -> bool {
        let mut trail = self.trail.iter();
        trail.any(|(of, told)| *of == org && told.id == entry.id)
    }

    fn of_endpoint(&self, target: Target) -> impl Iterator<Item = &Delivery> {
        let all = self.deliveries.values().map(|stored| &stored.delivery);
        all.filter(move |delivery| delivery.endpoint == target.id)
            .filter(move |delivery| target.org.is_none_or(|org| org == delivery.org))
    }

    /// What a part of a replay sends again, and whether there is more after it.
    fn part(&self, replay: &Replay<'_>) -> (Vec<Place>, bool) {
        let all = self.of_endpoint(replay.endpoint);
        let real = all.filter(|delivery| delivery.status != DeliveryStatus::Simulated);
        let mut places: Vec<_> = real
            .map(place)
            .filter(|(made, _)| (replay.since..replay.until).contains(made))
            .filter(|place| replay.after.is_none_or(|after| *place > after))
            .collect();
        places.sort_unstable();
        let more = places.len() > size(replay.most);
        places.truncate(size(replay.most));
        (places, more)
    }
}

impl StoredDelivery {
    fn is_asked_for(&self, query: &DeliveryQuery) -> bool {
        let delivery = &self.delivery;
        delivery.org == query.org
            && query.endpoint.is_none_or(|one| one == delivery.endpoint)
            && query.status.is_none_or(|one| one == delivery.status)
            && query
                .event_type
                .as_deref()
                .is_none_or(|one| one == delivery.event_type)
            && query.from.is_none_or(|from| delivery.created_at >= from)
            && query.until.is_none_or(|until| delivery.created_at < until)
            && query.after.is_none_or(|last| match query.order {
                Order::OldestFirst => place(delivery) > last,
                Order::NewestFirst => place(delivery) < last,
            })
    }

    fn resend(&mut self, now: Instant) {
        self.delivery.status = DeliveryStatus::Pending;
        self.delivery.failures = 0;
        self.delivery.delivered_at = None;
        self.delivery.updated_at = now;
        self.delivery.due_at = Some(now);
        self.break_lease();
    }
}

fn is_meant(delivery: &Delivery, target: DeliveryTarget) -> bool {
    target.org.is_none_or(|org| org == delivery.org)
}

fn place(delivery: &Delivery) -> (Instant, DeliveryId) {
    (delivery.created_at, delivery.id)
}

fn size(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
