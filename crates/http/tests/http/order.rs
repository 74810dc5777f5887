//! The order of the checks: of two things that are wrong with a request, the earlier one is told.
//!
//! Here is what can be wrong, and what is told of it; [`reads`] and the tests of writes each make a
//! request with any of it.

mod reads;

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use org_auth::rate::{OwnLimits, PerMinute};
use org_auth::scope::ScopeSet;

use crate::response::Response;
use crate::world::{VIENNA, World, with_key};

/// What can be wrong with a request, in the order in which it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Route,
    Method,
    Key,
    RateLimit,
    Slug,
    Scope,
    Size,
    Type,
    Shape,
    Object,
    IdempotencyKey,
    State,
}

/// All that is wrong with one request.
pub(crate) type Faults = BTreeSet<Fault>;

/// A fault, and the status and the code that tell it.
type Told = (Fault, u16, &'static str);

const FAULTS: &[Told] = &[
    (Fault::Route, 404, "ROUTE_NOT_FOUND"),
    (Fault::Method, 405, "METHOD_NOT_ALLOWED"),
    (Fault::Key, 401, "API_KEY_INVALID"),
    (Fault::RateLimit, 429, "RATE_LIMITED"),
    (Fault::Slug, 404, "ORG_NOT_FOUND"),
    (Fault::Scope, 403, "API_SCOPE_MISSING"),
    (Fault::Size, 413, "PAYLOAD_TOO_LARGE"),
    (Fault::Type, 415, "UNSUPPORTED_MEDIA_TYPE"),
    (Fault::Shape, 422, "VALIDATION_FAILED"),
    (Fault::Object, 404, "NOT_FOUND"),
    (Fault::IdempotencyKey, 422, "IDEMPOTENCY_KEY_MISMATCH"),
    (Fault::State, 409, "BOOKING_CONFLICT"),
];

/// A way to make a request with faults, but for its key.
pub(crate) trait Asks {
    /// The last fault that such a request can have.
    const LAST: Fault;

    async fn request(world: &World, faults: &Faults) -> TestRequest;
}

/// Holds that the earlier of any two faults is told.
pub(crate) async fn each_before_each_later_one<A: Asks>() {
    let faults = faults_of::<A>();
    for (place, earlier) in faults.iter().enumerate() {
        check::<A>(&[*earlier]).await;
        for later in &faults[place + 1..] {
            check::<A>(&[*earlier, *later]).await;
        }
    }
}

/// Holds that the first is told of a fault and all that come after it.
pub(crate) async fn the_first_of_all<A: Asks>() {
    let faults = faults_of::<A>();
    for place in 0..faults.len() {
        check::<A>(&faults[place..]).await;
    }
}

/// What is answered to a request with these faults.
pub(crate) async fn answer<A: Asks>(faults: &Faults) -> Response {
    let world = World::new();
    let key = key(&world, faults).await;
    let request = A::request(&world, faults).await;
    world.send(with_key(request, &key)).await
}

fn faults_of<A: Asks>() -> Vec<Told> {
    let faults = FAULTS.iter().filter(|(fault, ..)| *fault <= A::LAST);
    faults.copied().collect()
}

async fn check<A: Asks>(told: &[Told]) {
    let faults = told.iter().map(|(fault, ..)| *fault).collect();
    let answer = answer::<A>(&faults).await;
    let (_, status, code) = told[0];
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (status, code),
        "{faults:?}"
    );
}

/// A key that is as bad as the faults say.
async fn key(world: &World, faults: &Faults) -> String {
    if faults.contains(&Fault::Key) {
        return World::new().issue(99, |_| {});
    }
    let key = world.issue(2, |key| {
        if faults.contains(&Fault::RateLimit) {
            let one = PerMinute::new(1).ok();
            key.limits = OwnLimits {
                reads: one,
                writes: one,
            };
        }
        if faults.contains(&Fault::Scope) {
            key.scopes = ScopeSet::NONE;
        }
    });
    if faults.contains(&Fault::RateLimit) {
        let first = [
            TestRequest::get().uri(VIENNA),
            TestRequest::post().uri(&format!("{VIENNA}/contacts")),
        ];
        for request in first {
            let answer = world.send(with_key(request, &key)).await;
            assert_ne!(answer.status, 429, "the first is within the limit");
        }
    }
    key
}
