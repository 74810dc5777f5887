//! What is remembered, for how long, and what no race may leave behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use org_kernel::clock::FrozenClock;
use org_kernel::id_source::SequentialIds;
use time::Duration;

use super::*;
use crate::api_keys::ApiKeys;
use crate::entropy::KnownEntropy;
use crate::scope::Scope;
use crate::testing::{HookedStore, clock, key_id, new_key, now, org, slug, store, stored_key};

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
            Arc::new(KnownEntropy::seeded(1)),
            Arc::clone(&self.known),
        )
    }

    fn refusal(&self, key: &PresentedKey) -> Refusal {
        match self.verifier.verify(key) {
            Err(VerifyError::Refused(refusal)) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    fn is_let_in(&self, key: &PresentedKey) -> bool {
        self.verifier.verify(key).is_ok()
    }

    /// Revokes behind this process's back, as another process would.
    fn revoke_elsewhere(&self, key: u128) {
        self.store.revoke(key_id(key), now()).expect("revoked");
    }
}

#[test]
fn a_verified_key_tells_all_that_a_request_needs() {
    let scene = Scene::new();
    let key = stored_key(scene.store.as_ref(), 1);
    let verified = scene.verifier.verify(&key).expect("let in");
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
    scene.store.insert(new).expect("stored");
    scene.revoke_elsewhere(1);
    assert_eq!(scene.refusal(&key), Refusal::Revoked);
    assert_eq!(scene.verifier.recall(&key), Some(Err(Refusal::Revoked)));
}

#[test]
fn expiry_is_judged_at_every_request_from_memory_too() {
    let scene = Scene::new();
    scene.known.listener_up();
    let (mut new, key) = new_key(1);
    new.expires_at = now().checked_add(Duration::seconds(2));
    scene.store.insert(new).expect("stored");
    assert!(scene.is_let_in(&key));
    scene.clock.advance(Duration::milliseconds(1999));
    assert!(scene.is_let_in(&key));
    scene.clock.advance(Duration::MILLISECOND);
    assert_eq!(scene.verifier.recall(&key), Some(Err(Refusal::Expired)));
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
    scene.keys().revoke(key_id(1)).expect("revoked");
    assert_eq!(scene.refusal(&key), Refusal::Revoked);
}

#[test]
fn a_revocation_whose_outcome_is_unknown_is_looked_up() {
    let scene = Scene::new();
    scene.known.listener_up();
    let key = stored_key(scene.store.as_ref(), 1);
    assert!(scene.is_let_in(&key));
    scene.store.fail(true);
    assert!(scene.keys().revoke(key_id(1)).is_err());
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
            store.revoke(key_id(1), now()).expect("revoked");
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
            let revoked = scene.keys().revoke(key_id(1));
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
    assert!(matches!(
        failed,
        Err(VerifyError::Store(StoreError::Unavailable(_)))
    ));
}
