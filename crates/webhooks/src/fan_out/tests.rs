//! Rounds of fan-out on the store in memory.

use std::cell::Cell;
use std::sync::Mutex;

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::id::OrgId;
use time::Duration;

use super::*;
use crate::delivery::{DeliveryStatus, Headers};
use crate::endpoint::Endpoint;
use crate::endpoint_store::{EndpointStore, Rotation};
use crate::endpoints::KEPT_FOR;
use crate::sealing::NotOpened;
use crate::testing::org;
use crate::testing::scene::Scene;
use crate::verification::Unverified;

fn dispatched(fan_out: &FanOut) -> Round {
    let round = fan_out.round().expect("answered");
    assert!(round.failed.is_empty(), "{:?}", round.failed);
    round
}

#[test]
fn what_an_endpoint_hears_of_is_signed_with_its_secret() {
    let scene = Scene::new();
    let ((one, of_one), (other, of_other)) = (scene.endpoint(), scene.endpoint());
    let event = scene.tell(org(1));
    let round = dispatched(&scene.fan_out(Some(1), DeliveryMode::Record));
    assert_eq!((round.done.events, round.done.deliveries), (1, 2));
    let detail = scene.delivery(&one);
    assert_eq!(detail.delivery.message, event);
    assert_eq!(detail.delivery.event_type, "a.made");
    assert_eq!(detail.payload, format!(r#"{{"id":"{event}"}}"#));
    assert_eq!(scene.received(&detail, &of_one), Ok(()));
    assert_eq!(
        scene.received(&detail, &of_other),
        Err(Unverified::BadSignature)
    );
    let detail = scene.delivery(&other);
    assert_eq!(scene.received(&detail, &of_other), Ok(()));
}

#[test]
fn for_a_day_after_a_rotation_both_secrets_sign() {
    let scene = Scene::new();
    let (endpoint, old) = scene.endpoint();
    let rotated = scene.endpoints(1).rotate(endpoint.id, &Origin::OPERATOR);
    let new = rotated.expect("rotated");
    let fan_out = scene.fan_out(Some(1), DeliveryMode::Record);
    scene.clock.advance(KEPT_FOR - Duration::MILLISECOND);
    for old_signs in [true, false] {
        scene.tell(org(1));
        dispatched(&fan_out);
        let detail = scene.detail(&scene.deliveries(&endpoint)[0]);
        assert_eq!(scene.received(&detail, &new), Ok(()));
        let by_old = scene.received(&detail, &old);
        assert_eq!(by_old.is_ok(), old_signs, "{by_old:?}");
        scene.clock.advance(Duration::MILLISECOND);
    }
}

#[test]
fn only_in_live_mode_is_anything_due() {
    for (mode, due) in [(DeliveryMode::Record, false), (DeliveryMode::Live, true)] {
        let scene = Scene::new();
        let (endpoint, _) = scene.endpoint();
        scene.tell(org(1));
        scene.clock.advance(Duration::MINUTE);
        let now = scene.clock.now();
        dispatched(&scene.fan_out(Some(1), mode));
        let delivery = scene.delivery(&endpoint).delivery;
        assert_eq!(delivery.status, DeliveryStatus::Pending);
        assert_eq!(delivery.due_at, due.then_some(now));
        assert_eq!(delivery.created_at, now);
    }
}

/// Somebody has touched the newest secret of an endpoint where it is stored.
fn tamper(scene: &Scene, endpoint: &Endpoint) {
    let secrets = scene.store.secrets(endpoint.id.into()).expect("answered");
    let mut tampered = secrets[0].clone();
    tampered.sealed.ciphertext[0] ^= 1;
    let rotation = Rotation {
        secret: tampered,
        old_until: scene.clock.now(),
        replaces: None,
    };
    let told = Change::new(
        scene.ids.uuid(),
        scene.clock.now(),
        "test.tampered",
        endpoint.id,
    );
    let told = Entry::of(told, &Origin::OPERATOR);
    let stored = scene.store.rotate(endpoint.id.into(), &rotation, &told);
    stored.expect("stored");
}

#[test]
fn a_secret_that_does_not_open_keeps_nothing_waiting() {
    let scene = Scene::new();
    let ((shut, _), (open, secret)) = (scene.endpoint(), scene.endpoint());
    tamper(&scene, &shut);
    let told = scene.tell(org(1));
    let fan_out = scene.fan_out(Some(1), DeliveryMode::Live);
    let round = dispatched(&fan_out);
    assert_eq!((round.done.events, round.done.deliveries), (1, 2));
    assert_eq!(scene.store.feed(org(1)), [told]);
    let tampered = Err(Unsigned::NotOpened(NotOpened::Tampered));
    assert_eq!(
        round.signed,
        [(shut.id, tampered), (open.id, Ok(()))].into()
    );
    let detail = scene.delivery(&open);
    assert_eq!(scene.received(&detail, &secret), Ok(()));
    let detail = scene.delivery(&shut);
    assert_eq!(detail.headers, Headers::new());
    assert_eq!(detail.delivery.due_at, Some(scene.clock.now()));
    // Rotating twice ends it.
    for _ in 0..2 {
        let rotated = scene.endpoints(1).rotate(shut.id, &Origin::OPERATOR);
        rotated.expect("rotated");
    }
    scene.tell(org(1));
    let round = dispatched(&fan_out);
    assert_eq!(round.signed, [(shut.id, Ok(())), (open.id, Ok(()))].into());
}

#[test]
fn without_the_key_of_the_secrets_everything_is_dispatched_unsigned() {
    for key in [None, Some(2)] {
        let scene = Scene::new();
        let (endpoint, _) = scene.endpoint_of(org(1));
        let told = [scene.tell(org(1)), scene.tell(org(2))];
        let round = dispatched(&scene.fan_out(key, DeliveryMode::Live));
        assert_eq!((round.done.events, round.done.deliveries), (2, 1));
        let feeds = [org(1), org(2)].map(|org| scene.store.feed(org));
        assert_eq!(feeds, told.map(|told| vec![told]));
        let signed = &round.signed[&endpoint.id];
        match key {
            None => assert_eq!(*signed, Err(Unsigned::NoMasterKey)),
            Some(_) => assert!(
                matches!(signed, Err(Unsigned::NotOpened(NotOpened::OtherKey { .. }))),
                "{signed:?}"
            ),
        }
        assert_eq!(scene.delivery(&endpoint).headers, Headers::new());
    }
}

#[test]
fn rounds_dispatch_all_in_the_end_each_event_once() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let told: Vec<_> = (0..600).map(|_| scene.tell(org(1))).collect();
    let one = scene.tell(org(2));
    let fan_out = scene.fan_out(Some(1), DeliveryMode::Record);
    let first = dispatched(&fan_out).done;
    assert!(first.events < 601, "an organization has one batch a round");
    assert_eq!(
        scene.store.feed(org(2)),
        [one],
        "and so none waits for long"
    );
    while dispatched(&fan_out).done.events > 0 {}
    assert_eq!(scene.store.feed(org(1)), told);
    assert_eq!(scene.deliveries(&endpoint).len(), 600);
}

#[test]
fn a_round_ends_between_two_organizations_when_it_is_told_to() {
    let scene = Scene::new();
    scene.endpoint();
    let told = [1, 2].map(|number| scene.tell(org(number)));
    let fan_out = scene.fan_out(Some(1), DeliveryMode::Record);
    let end_when_asked = |times| {
        let asked = Cell::new(0);
        let ended = || asked.replace(asked.get() + 1) == times;
        fan_out.round_until(&ended).expect("answered").done.events
    };
    let feeds = || [org(1), org(2)].map(|org| scene.store.feed(org));
    assert_eq!(end_when_asked(0), 0);
    assert_eq!(feeds(), [vec![], vec![]]);
    assert_eq!(end_when_asked(1), 1);
    assert_eq!(
        feeds(),
        [vec![], vec![told[1]]],
        "nobody hears of the second's"
    );
    assert_eq!(end_when_asked(2), 1);
    assert_eq!(feeds(), told.map(|told| vec![told]));
}

/// A store that two organizations' events wait in, and that is unavailable to all that dispatch them; to
/// whoever asks which these are it answers so many times.
struct Unavailable {
    answers: Mutex<u32>,
    asked: Mutex<Vec<OrgId>>,
}

fn unavailable<T>() -> Result<T, StoreError> {
    Err(StoreError::unavailable("it is somewhere else"))
}

impl FanOutStore for Unavailable {
    fn backlog(&self) -> Result<Vec<OrgId>, StoreError> {
        let mut answers = self.answers.lock().expect("no panic");
        if *answers == 0 {
            return unavailable();
        }
        *answers -= 1;
        Ok(vec![org(1), org(2)])
    }

    fn place_unheard(&self, _: &[OrgId], _: u32) -> Result<Placed, StoreError> {
        unavailable()
    }

    fn fan_out(
        &self,
        org: OrgId,
        _: BatchSize,
        _: &mut Deliver<'_>,
    ) -> Result<Option<FannedOut>, StoreError> {
        self.asked.lock().expect("no panic").push(org);
        unavailable()
    }
}

/// The organizations that a round comes to in a store that answers so many times.
fn asked_of(answers: u32) -> Vec<OrgId> {
    let scene = Scene::new();
    let store = Arc::new(Unavailable {
        answers: Mutex::new(answers),
        asked: Mutex::default(),
    });
    let (clock, ids) = (Arc::clone(&scene.clock) as _, Arc::clone(&scene.ids));
    let fan_out = FanOut::new(
        Arc::clone(&store) as _,
        clock,
        ids,
        None,
        DeliveryMode::Record,
    );
    let round = fan_out.round().expect("answered at first");
    let asked = store.asked.lock().expect("no panic").clone();
    let failed = round.failed.iter().map(|(org, _)| *org);
    assert_eq!(failed.collect::<Vec<_>>(), asked);
    asked
}

#[test]
fn a_round_ends_when_the_store_goes_away() {
    assert_eq!(asked_of(1), [org(1)]);
}

#[test]
fn one_organization_that_is_held_up_does_not_end_a_round() {
    assert_eq!(asked_of(10), [org(1), org(2)]);
}
