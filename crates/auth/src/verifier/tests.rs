//! What is remembered, for how long, and what no race may leave behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use org_kernel::audit::Origin;
use org_kernel::clock::FrozenClock;
use org_kernel::id_source::SequentialIds;
use time::Duration;

use super::*;
use crate::api_keys::{ApiKeys, Overlap, RotateRequest};
use crate::entropy::KnownEntropy;
use crate::scope::Scope;
use crate::testing::{
    HookedStore, clock, key_id, new_key, now, org, revoke, slug, store, stored, stored_key,
};

struct Scene {
    store: Arc<HookedStore>,
    clock: Arc<FrozenClock>,
    known: Arc<KnownKeys>,
    verifier: Verifier,
}

impl Scene {
    fn new() -> Self {
        let store = Arc::new(HookedStore::new(store()));
        let clock = clock();
        let known = Arc::new(KnownKeys::default());
        let verifier = Verifier::new(
            Arc::clone(&store) as _,
            Arc::clone(&clock) as _,
            Arc::clone(&known),
        );
        Self {
            store,
            clock,
            known,
            verifier,
        }
    }

    /// The use cases of the same process.
    fn keys(&self) -> ApiKeys {
        ApiKeys::new(
            Arc::clone(&self.store) as _,
            Arc::clone(&self.clock) as _,
            Arc::new(SequentialIds::at(1)),
            Arc::new(KnownEntropy::seeded(100)),
            Arc::clone(&self.known),
        )
    }

    fn refusal(&self, key: &PresentedKey) -> Refusal {
        match self.verifier.verify(key) {
            Ok(Err(refused)) => refused.refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// The refusal that memory has.
    fn recalled(&self, key: &PresentedKey) -> Option<Refusal> {
        self.verifier
            .recall(key)?
            .err()
            .map(|refused| refused.refusal)
    }

    fn is_let_in(&self, key: &PresentedKey) -> bool {
        matches!(self.verifier.verify(key), Ok(Ok(_)))
    }

    /// Revokes behind this process's back, as another process would.
    fn revoke_elsewhere(&self, key: u128) {
        revoke(self.store.as_ref(), key);
    }
}

#[test]
fn a_verified_key_tells_all_that_a_request_needs() {
    let scene = Scene::new();
    let key = stored_key(scene.store.as_ref(), 1);
    let verdict = scene.verifier.verify(&key).expect("an answer");
    let verified = verdict.expect("let in");
    assert_eq!(
        verified,
        Verified {
            org: org(1),
            org_slug: slug(1).into(),
            key: key_id(1),
            scopes: ScopeSet::from_iter([Scope::ReadOperations]),
            limits: OwnLimits::default(),
        }
    );
    assert_eq!(scene.verifier.recall(&key), Some(Ok(verified)));
}

#[test]
fn a_key_seen_lately_costs_no_look_into_the_store() {
    let scene = Scene::new();
    let key = stored_key(scene.store.as_ref(), 1);
    assert_eq!(scene.verifier.recall(&key), None);
    for _ in 0..3 {
        assert!(scene.is_let_in(&key));
    }
    assert_eq!(scene.store.finds(), 1);
}

#[test]
fn it_is_counted_how_often_memory_had_the_answer() {
    let scene = Scene::new();
    let key = stored_key(scene.store.as_ref(), 1);
    for _ in 0..3 {
        assert!(scene.is_let_in(&key));
    }
    let figures = CacheFigures { hits: 2, misses: 1 };
    assert_eq!(scene.known.figures(), figures);
}

#[test]
fn an_unknown_key_is_invalid_and_leaves_nothing_behind() {
    let scene = Scene::new();
    let (_, key) = new_key(1);
    assert_eq!(scene.refusal(&key), Refusal::Invalid);
    assert_eq!(scene.verifier.recall(&key), None);
    stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
}

#[test]
fn a_revoked_key_is_revoked_even_when_it_has_expired_too() {
    let scene = Scene::new();
    let (mut new, key) = new_key(1);
    new.expires_at = Some(now());
    stored(scene.store.as_ref(), new);
    scene.revoke_elsewhere(1);
    assert_eq!(scene.refusal(&key), Refusal::Revoked);
    assert_eq!(scene.recalled(&key), Some(Refusal::Revoked));
}

#[test]
fn a_refused_key_is_still_somebodys_and_an_unknown_one_is_not() {
    let scene = Scene::new();
    let holder = |key| scene.verifier.verify(key).expect("an answer").err()?.holder;
    let key = stored_key(scene.store.as_ref(), 1);
    scene.revoke_elsewhere(1);
    let expected = Holder {
        org: org(1),
        key: key_id(1),
    };
    assert_eq!(holder(&key), Some(expected));
    assert_eq!(holder(&new_key(2).1), None);
}

#[test]
fn expiry_is_judged_at_every_request_from_memory_too() {
    let scene = Scene::new();
    scene.known.listener_up();
    let (mut new, key) = new_key(1);
    new.expires_at = now().checked_add(Duration::seconds(2));
    stored(scene.store.as_ref(), new);
    assert!(scene.is_let_in(&key));
    scene.clock.advance(Duration::milliseconds(1999));
    assert!(scene.is_let_in(&key));
    scene.clock.advance(Duration::MILLISECOND);
    assert_eq!(scene.recalled(&key), Some(Refusal::Expired));
    assert_eq!(scene.store.finds(), 1);
}

#[test]
fn a_memory_is_good_for_as_long_as_revocations_are_heard_of() {
    for (listening, age) in [(true, AGE_WHILE_LISTENING), (false, AGE_WHILE_DEAF)] {
        let scene = Scene::new();
        if listening {
            scene.known.listener_up();
        }
        let key = stored_key(scene.store.as_ref(), 1);
        assert!(scene.is_let_in(&key));
        scene.clock.advance(age);
        assert!(
            scene.verifier.recall(&key).is_some(),
            "listening: {listening}"
        );
        scene.clock.advance(Duration::MILLISECOND);
        assert_eq!(scene.verifier.recall(&key), None, "listening: {listening}");
    }
}

#[test]
fn the_age_is_counted_from_the_question_to_the_store() {
    let scene = Scene::new();
    let key = stored_key(scene.store.as_ref(), 1);
    let clock = Arc::clone(&scene.clock);
    scene
        .store
        .during_next_find(move |_| clock.advance(Duration::milliseconds(501)));
    assert!(scene.is_let_in(&key));
    assert_eq!(scene.verifier.recall(&key), None);
}

#[test]
fn a_memory_from_before_the_clock_was_set_back_is_not_trusted() {
    let scene = Scene::new();
    let key = stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
    scene.clock.advance(-Duration::MILLISECOND);
    assert_eq!(scene.verifier.recall(&key), None);
}

#[test]
fn a_listener_that_falls_silent_shortens_every_memory_at_once() {
    let scene = Scene::new();
    scene.known.listener_up();
    let key = stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
    scene.clock.advance(Duration::seconds(1));
    assert!(scene.verifier.recall(&key).is_some());
    scene.known.listener_down();
    assert_eq!(scene.verifier.recall(&key), None);
}

#[test]
fn a_listener_that_comes_up_forgets_what_it_may_have_missed() {
    let scene = Scene::new();
    let key = stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
    scene.revoke_elsewhere(1);
    scene.known.listener_up();
    assert_eq!(scene.refusal(&key), Refusal::Revoked);
}

#[test]
fn a_revocation_that_is_heard_of_takes_effect_at_once() {
    let scene = Scene::new();
    scene.known.listener_up();
    let [one, other] = [1, 2].map(|number| stored_key(scene.store.as_ref(), number));
    assert!(scene.is_let_in(&one) && scene.is_let_in(&other));
    scene.revoke_elsewhere(1);
    scene.known.forget(key_id(1));
    assert_eq!(scene.refusal(&one), Refusal::Revoked);
    assert!(scene.verifier.recall(&other).is_some());
}

#[test]
fn a_key_revoked_in_this_process_is_refused_by_the_next_request() {
    let scene = Scene::new();
    scene.known.listener_up();
    let key = stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
    scene
        .keys()
        .revoke(key_id(1), &Origin::OPERATOR)
        .expect("revoked");
    assert_eq!(scene.refusal(&key), Refusal::Revoked);
}

#[test]
fn a_key_that_ends_with_its_rotation_is_refused_by_the_next_request() {
    let scene = Scene::new();
    scene.known.listener_up();
    let key = stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
    let now = RotateRequest {
        id: None,
        overlap: Overlap::Nothing,
    };
    let rotated = scene.keys().rotate(key_id(1), now, &Origin::OPERATOR);
    let new = rotated.expect("rotated").secret;
    assert_eq!(scene.refusal(&key), Refusal::Expired);
    let new = PresentedKey::parse(new.expose().as_bytes()).expect("well-formed");
    assert!(scene.is_let_in(&new));
}

#[test]
fn a_revocation_whose_outcome_is_unknown_is_looked_up() {
    let scene = Scene::new();
    scene.known.listener_up();
    let key = stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
    scene.store.fail(true);
    assert!(scene.keys().revoke(key_id(1), &Origin::OPERATOR).is_err());
    assert_eq!(scene.verifier.recall(&key), None);
}

#[test]
fn a_revocation_that_races_with_a_load_leaves_nothing_stale() {
    type News = fn(&KnownKeys);
    let news: [News; 3] = [
        |known| known.forget(key_id(1)),
        KnownKeys::forget_all,
        KnownKeys::listener_up,
    ];
    for arrives in news {
        let scene = Scene::new();
        scene.known.listener_up();
        let key = stored_key(scene.store.as_ref(), 1);
        let known = Arc::clone(&scene.known);
        scene.store.during_next_find(move |store| {
            revoke(store, 1);
            arrives(&known);
        });
        assert!(scene.is_let_in(&key), "it was read before the revocation");
        assert_eq!(scene.verifier.recall(&key), None);
        assert_eq!(scene.refusal(&key), Refusal::Revoked);
    }
}

#[test]
fn no_thread_is_let_in_after_a_revocation_while_others_load_the_key() {
    for _ in 0..50 {
        let scene = Scene::new();
        scene.known.listener_up();
        let key = stored_key(scene.store.as_ref(), 1);
        let over = AtomicBool::new(false);
        let verify_until_over = || {
            while !over.load(Ordering::Relaxed) {
                scene.is_let_in(&key);
            }
        };
        let let_in_afterwards = thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(verify_until_over);
            }
            let revoked = scene.keys().revoke(key_id(1), &Origin::OPERATOR);
            let let_in = (0..100).any(|_| scene.is_let_in(&key));
            over.store(true, Ordering::Relaxed);
            revoked.map(|_| let_in).expect("revoked")
        });
        assert!(!let_in_afterwards);
    }
}

#[test]
fn a_store_that_fails_refuses_nobody_and_memory_answers_meanwhile() {
    let scene = Scene::new();
    let [seen, unseen] = [1, 2].map(|number| stored_key(scene.store.as_ref(), number));
    assert!(scene.is_let_in(&seen));
    scene.store.fail(true);
    assert!(scene.is_let_in(&seen));
    let failed = scene.verifier.verify(&unseen);
    assert!(matches!(failed, Err(StoreError::Unavailable(_))));
}
