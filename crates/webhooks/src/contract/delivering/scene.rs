//! What the promises about deliveries have in common.

use std::collections::BTreeMap;

use org_kernel::event::Event;
use org_kernel::id::{DeliveryId, EndpointId, EventId, OrgId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use time::Duration;

use super::DeliveryGround;
use crate::contract::scene::{minute, plain, stored};
use crate::delivery::{Attempt, Delivery, DeliveryDetail, Headers, Outcome, settle};
use crate::delivery_log::{DeliveryQuery, Order};
use crate::endpoint::Endpoint;
use crate::fan_out::{Batch, BatchSize, FannedOut, NewDelivery};
use crate::outgoing::{Attempted, Claim, Claimed, Doing, Recorded};

/// More than any promise tells of.
pub(super) const WHATEVER_WAITS: BatchSize = BatchSize {
    events: 100,
    deliveries: 1000,
};

/// How long a claim's lease lasts.
const LEASE: Duration = Duration::seconds(30);

/// What bytes must survive: quotes, a backslash, a tab, and text of several scripts.
const ODD: &str = "\\\"\t{1,NULL} Dvořák \u{1F3BB}";

pub(super) fn new_delivery_id() -> DeliveryId {
    DeliveryId::new(SystemIds.uuid())
}

/// An endpoint that hears of `a.made`.
pub(super) fn endpoint(ground: &impl DeliveryGround, org: OrgId, number: u8) -> Endpoint {
    let endpoint = plain(org, number);
    stored(ground, &endpoint);
    endpoint
}

/// Event `number`, of type `a.made`.
pub(super) fn event(number: u8) -> Event {
    Event {
        id: EventId::new(SystemIds.uuid()),
        kind: "a.made",
        created_at: minute(number),
        payload: format!("{number}: {ODD}"),
    }
}

/// Tells of an event, and answers its id.
pub(super) fn tell(ground: &impl DeliveryGround, org: OrgId, number: u8) -> EventId {
    let event = event(number);
    let id = event.id;
    ground.tell(org, event);
    id
}

/// One delivery for each event and endpoint of a batch, made and due at a time.
pub(super) fn deliveries(batch: &Batch, at: Instant, due_at: Option<Instant>) -> Vec<NewDelivery> {
    let mut deliveries = Vec::new();
    for event in &batch.events {
        let heard = event.endpoints.iter();
        for endpoint in heard.filter(|id| batch.secrets.contains_key(*id)) {
            deliveries.push(NewDelivery {
                id: new_delivery_id(),
                endpoint: *endpoint,
                event: event.id,
                event_type: event.event_type.clone(),
                headers: headers("first"),
                due_at,
                created_at: at,
            });
        }
    }
    deliveries
}

/// Headers that are told from others by a word.
pub(super) fn headers(word: &str) -> Headers {
    let signature = ("webhook-signature".to_owned(), format!("{word} {ODD}"));
    let id = ("webhook-id".to_owned(), word.to_owned());
    BTreeMap::from([id, signature])
}

/// Dispatches all events of an organization that wait; the deliveries are made and due at minute
/// `number`.
pub(super) fn dispatch(ground: &impl DeliveryGround, org: OrgId, number: u8) -> FannedOut {
    let at = minute(number);
    let mut deliver = |batch: &Batch| deliveries(batch, at, Some(at));
    let done = ground.fan_out().fan_out(org, WHATEVER_WAITS, &mut deliver);
    done.expect("dispatched").expect("nobody else is at it")
}

/// Dispatches as [`dispatch`] does, what nobody is to send.
pub(super) fn dispatch_unsent(ground: &impl DeliveryGround, org: OrgId, number: u8) {
    let mut deliver = |batch: &Batch| deliveries(batch, minute(number), None);
    let done = ground.fan_out().fan_out(org, WHATEVER_WAITS, &mut deliver);
    done.expect("dispatched").expect("nobody else is at it");
}

/// Tells of an event and dispatches it: one delivery, made and due at minute `number`.
pub(super) fn delivered_to(
    ground: &impl DeliveryGround,
    endpoint: &Endpoint,
    number: u8,
) -> DeliveryId {
    let event = tell(ground, endpoint.org, number);
    dispatch(ground, endpoint.org, number);
    let mut all = of_endpoint(ground, endpoint.id).into_iter();
    let made = all.find(|delivery| delivery.message == event);
    made.expect("the endpoint has heard of it").id
}

pub(super) const fn query(org: OrgId) -> DeliveryQuery {
    DeliveryQuery {
        org,
        endpoint: None,
        status: None,
        event_type: None,
        from: None,
        until: None,
        order: Order::OldestFirst,
        after: None,
        limit: 1000,
    }
}

pub(super) fn listed(ground: &impl DeliveryGround, query: &DeliveryQuery) -> Vec<Delivery> {
    ground.log().deliveries(query).expect("the store answers")
}

/// The deliveries to an endpoint of either organization, the oldest first.
pub(super) fn of_endpoint(ground: &impl DeliveryGround, id: EndpointId) -> Vec<Delivery> {
    let each = ground.orgs().into_iter();
    let found = each.flat_map(|org| {
        let query = DeliveryQuery {
            endpoint: Some(id),
            ..query(org)
        };
        listed(ground, &query)
    });
    found.collect()
}

pub(super) fn find(ground: &impl DeliveryGround, id: DeliveryId) -> Option<DeliveryDetail> {
    let found = ground.log().delivery(id.into());
    found.expect("the store answers")
}

pub(super) fn detail(ground: &impl DeliveryGround, id: DeliveryId) -> DeliveryDetail {
    find(ground, id).expect("the delivery is there")
}

/// A claim of whatever is due at a time.
pub(super) const fn whatever_is_due(now: Instant, until: Instant) -> Claim<'static> {
    Claim {
        now,
        until,
        in_flight: &[],
        per_endpoint: 8,
        most: 100,
    }
}

/// When the lease of a claim ends that was made in minute `number`.
pub(super) fn lease_end(number: u8) -> Instant {
    minute(number).saturating_add(LEASE)
}

/// Claims whatever is due in minute `number`.
pub(super) fn claim(ground: &impl DeliveryGround, number: u8) -> Vec<Claimed> {
    claim_as(ground, &whatever_is_due(minute(number), lease_end(number)))
}

pub(super) fn claim_as(ground: &impl DeliveryGround, claim: &Claim<'_>) -> Vec<Claimed> {
    ground.outgoing().claim(claim).expect("the store answers")
}

/// The ids of what was claimed, in the order of their making.
pub(super) fn ids(claimed: &[Claimed]) -> Vec<DeliveryId> {
    let mut ids: Vec<_> = claimed.iter().map(|claimed| claimed.id).collect();
    ids.sort_unstable();
    ids
}

/// Claims the one delivery that is due in minute `number`.
pub(super) fn claim_one(ground: &impl DeliveryGround, number: u8) -> Claimed {
    claim_at(ground, minute(number))
}

/// The receiver's answer.
pub(super) fn answered(status: u16) -> Outcome {
    Outcome::Answered {
        status,
        body: ODD.to_owned(),
        retry_after: None,
    }
}

/// An attempt at what was claimed, begun in minute `number` and ended a second later.
pub(super) fn attempted(claimed: &Claimed, outcome: Outcome, number: u8) -> Attempted {
    attempted_at(claimed, outcome, minute(number))
}

/// An attempt at what was claimed that takes a second.
pub(super) fn attempted_at(claimed: &Claimed, outcome: Outcome, started_at: Instant) -> Attempted {
    let took = Duration::SECOND;
    let ended_at = started_at.saturating_add(took);
    Attempted {
        org: claimed.org,
        id: claimed.id,
        endpoint: claimed.endpoint,
        headers: Some(headers("again")),
        settled: settle(claimed.failures, &outcome, ended_at, 0),
        attempt: Attempt {
            number: claimed.number,
            started_at,
            took: Some(took),
            outcome,
        },
        ended_at,
        doing: Doing::Receiver,
    }
}

/// Records attempts, and answers which endpoints have been failing, and since when.
pub(super) fn record(
    ground: &impl DeliveryGround,
    attempted: &[Attempted],
) -> Vec<(EndpointId, Instant)> {
    let recorded = ground.outgoing().record(attempted);
    let Recorded { failing, left } = recorded.expect("the store answers");
    assert_eq!(left, [], "nobody else is at them");
    failing
}

/// Claims the one delivery that is due from minute `number` on and records that it failed, so many times
/// in a row, each at the time when it is due; answers when it is due then.
pub(super) fn fail(ground: &impl DeliveryGround, times: u32, number: u8) -> Option<Instant> {
    let mut due_at = Some(minute(number));
    for _ in 0..times {
        let now = due_at.expect("it is to be tried again");
        let claimed = claim_at(ground, now);
        let failed = attempted_at(&claimed, answered(500), now);
        record(ground, std::slice::from_ref(&failed));
        due_at = failed.settled.due_at;
    }
    due_at
}

/// Claims the one delivery that is due at a time.
pub(super) fn claim_at(ground: &impl DeliveryGround, now: Instant) -> Claimed {
    let claimed = claim_as(ground, &whatever_is_due(now, now.saturating_add(LEASE)));
    let [one] = claimed.try_into().expect("one is due");
    one
}

/// Claims what is due in minute `number`, which is one, and records this answer to it.
pub(super) fn answer(ground: &impl DeliveryGround, status: u16, number: u8) -> Attempted {
    let claimed = claim_one(ground, number);
    let attempted = attempted(&claimed, answered(status), number);
    record(ground, std::slice::from_ref(&attempted));
    attempted
}
