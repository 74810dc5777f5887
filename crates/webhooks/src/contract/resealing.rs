//! All secrets are sealed under one master key, and under another one all at once.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use org_kernel::WriteError;
use org_kernel::id::EndpointId;

use super::Ground;
use super::races::at_once;
use super::scene::{KEY, entry, find, plain, rotation, sealed, secrets, stored, trail};
use crate::endpoint::Endpoint;
use crate::endpoint_store::{EndpointStore, Rotation, StoredSecret};
use crate::sealed_secrets::{NotResealed, SealedSecrets};
use crate::sealing::{Holder, NotOpened, Sealed};

const OTHER_KEY: &str = "fedcba9876543210";

fn under_other_key(sealed: &Sealed) -> Sealed {
    Sealed {
        key_id: OTHER_KEY.to_owned(),
        nonce: sealed.nonce.map(|byte| byte ^ 1),
        ciphertext: sealed.ciphertext.iter().map(|byte| byte ^ 1).collect(),
    }
}

fn resealed(secret: &StoredSecret) -> StoredSecret {
    StoredSecret {
        sealed: under_other_key(&secret.sealed),
        ..secret.clone()
    }
}

fn sealed_under(ground: &impl Ground) -> Option<String> {
    let under = ground.sealed_secrets().sealed_under();
    under.expect("the store answers")
}

/// The endpoint whose secrets are resealed: there is nothing else in these stores that has some.
fn of(holder: Holder) -> EndpointId {
    match holder {
        Holder::Endpoint(endpoint) => endpoint,
        Holder::User(user) => panic!("{user} has no secret"),
    }
}

fn reseal_all(store: &dyn SealedSecrets) -> Result<usize, WriteError<NotResealed>> {
    store.reseal(&mut |holder, secrets| {
        let resealed = secrets.iter().map(under_other_key).collect();
        Ok((resealed, entry("webhook_endpoint.resealed", of(holder), 7)))
    })
}

fn rotate(store: &dyn EndpointStore, id: EndpointId, rotation: &Rotation) -> bool {
    let told = entry("webhook_endpoint.rotated", id, 2);
    match store.rotate(id.into(), rotation, &told) {
        Ok(()) => true,
        Err(WriteError::Store(_)) => false,
        Err(WriteError::Refused(refusal)) => panic!("it is there: {refusal:?}"),
    }
}

fn made(store: &dyn EndpointStore, endpoint: &Endpoint, secret: &StoredSecret) -> bool {
    let told = entry("webhook_endpoint.created", endpoint.id, 1);
    match store.insert(endpoint, secret, &told) {
        Ok(()) => true,
        Err(WriteError::Store(_)) => false,
        Err(WriteError::Refused(refusal)) => panic!("its organization is there: {refusal:?}"),
    }
}

fn delete(store: &dyn EndpointStore, id: EndpointId) {
    let told = entry("webhook_endpoint.deleted", id, 1);
    let deleted = store.delete(id.into(), &mut |_| Ok(told.clone()));
    deleted.expect("deleted");
}

/// Nothing while there are none, and again when the last has gone.
pub fn what_secrets_are_sealed_under_is_known(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    assert_eq!(sealed_under(ground), None);
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    assert_eq!(sealed_under(ground).as_deref(), Some(KEY));
    delete(ground.store(), endpoint.id);
    assert_eq!(sealed_under(ground), None);
}

/// Whoever still has another key leaves no secret.
pub fn a_secret_under_another_key_is_not_taken(ground: &impl Ground) {
    let [here, there] = ground.orgs();
    let endpoint = plain(here, 1);
    let made = stored(ground, &endpoint);
    let kept = secrets(ground, endpoint.id);
    let second = Rotation {
        secret: resealed(&sealed(2)),
        ..rotation(2)
    };
    assert!(!rotate(ground.store(), endpoint.id, &second));
    let foreign = plain(there, 2);
    let told = entry("webhook_endpoint.created", foreign.id, 2);
    let refused = ground
        .store()
        .insert(&foreign, &resealed(&sealed(2)), &told);
    assert!(matches!(refused, Err(WriteError::Store(_))), "{refused:?}");
    assert_eq!(find(ground, foreign.id), None);
    assert_eq!(secrets(ground, endpoint.id), kept);
    assert_eq!(trail(ground, here), [made]);
    assert_eq!(trail(ground, there), []);
}

/// A key that nothing is sealed under any more is in nobody's way.
pub fn when_the_last_secret_is_gone_any_key_will_do(ground: &impl Ground) {
    let [here, there] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    delete(ground.store(), endpoint.id);
    let other = plain(there, 2);
    assert!(made(ground.store(), &other, &resealed(&sealed(2))));
    assert_eq!(sealed_under(ground).as_deref(), Some(OTHER_KEY));
}

/// Whether there was never a secret, or there is none any more.
pub fn of_two_first_secrets_at_once_the_key_of_one_is_taken(ground: &impl Ground) {
    let (orgs, store) = (ground.orgs(), ground.store());
    for round in 0..5 {
        let [one, other] = [2 * round, 2 * round + 1].map(|number| plain(orgs[0], number));
        let secret = sealed(1);
        let taken = at_once(
            || made(store, &one, &secret),
            || made(store, &other, &resealed(&secret)),
        );
        let (expected, stored) = match taken {
            (true, false) => (KEY, one),
            (false, true) => (OTHER_KEY, other),
            _ => panic!("one of them is taken, and not {taken:?}"),
        };
        assert_eq!(sealed_under(ground).as_deref(), Some(expected));
        delete(store, stored.id);
    }
}

/// Old ones too, of whatever organization; nothing else of them changes.
pub fn every_secret_is_resealed_and_told(ground: &impl Ground) {
    let [here, there] = ground.orgs();
    let endpoints = [plain(here, 1), plain(here, 2), plain(there, 3)];
    for endpoint in &endpoints {
        stored(ground, endpoint);
    }
    assert!(rotate(ground.store(), endpoints[0].id, &rotation(2)));
    let ids = endpoints.map(|endpoint| endpoint.id);
    let before = ids.map(|id| (id, secrets(ground, id)));
    let mut seen = BTreeMap::new();
    let done = ground.sealed_secrets().reseal(&mut |holder, secrets| {
        seen.insert(of(holder), secrets.to_vec());
        let resealed = secrets.iter().map(under_other_key).collect();
        Ok((resealed, entry("webhook_endpoint.resealed", of(holder), 7)))
    });
    assert_eq!(done.expect("resealed"), 4);
    for (id, before) in before {
        let shown: Vec<_> = before.iter().map(|secret| secret.sealed.clone()).collect();
        assert_eq!(seen.get(&id), Some(&shown));
        let expected: Vec<_> = before.iter().map(resealed).collect();
        assert_eq!(secrets(ground, id), expected);
    }
    assert_eq!(sealed_under(ground).as_deref(), Some(OTHER_KEY));
    let told = |org| {
        let mut told = trail(ground, org);
        told.retain(|entry| entry.action == "webhook_endpoint.resealed");
        told.len()
    };
    assert_eq!((told(here), told(there)), (2, 1));
}

/// One secret that does not open leaves all as they were.
pub fn a_resealing_that_fails_leaves_nothing(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let (one, other) = (plain(here, 1), plain(here, 2));
    let made = [stored(ground, &one), stored(ground, &other)];
    let before = [one.id, other.id].map(|id| secrets(ground, id));
    let mut resealed = 0;
    let done = ground.sealed_secrets().reseal(&mut |holder, secrets| {
        resealed += 1;
        if resealed == 2 {
            let cause = NotOpened::Tampered;
            return Err(NotResealed::NotOpened { holder, cause });
        }
        let resealed = secrets.iter().map(under_other_key).collect();
        Ok((resealed, entry("webhook_endpoint.resealed", of(holder), 7)))
    });
    assert!(
        matches!(
            done,
            Err(WriteError::Refused(NotResealed::NotOpened { .. }))
        ),
        "{done:?}"
    );
    assert_eq!([one.id, other.id].map(|id| secrets(ground, id)), before);
    assert_eq!(trail(ground, here), made);
}

/// A rotation comes before the resealing and is resealed, or after it and is refused.
pub fn no_secret_slips_by_a_resealing(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let (store, id) = (ground.store(), endpoint.id);
    let all = ground.sealed_secrets();
    let (rotated, resealed) = at_once(|| rotate(store, id, &rotation(2)), || reseal_all(all));
    let number = resealed.expect("resealed");
    assert_eq!(number, if rotated { 2 } else { 1 });
    let left = secrets(ground, id);
    assert_eq!(left.len(), number);
    let under_other = |secret: &StoredSecret| secret.sealed.key_id == OTHER_KEY;
    assert!(left.iter().all(under_other), "{left:?}");
}

/// Whoever asks meanwhile which key is needed hears what the resealing has come to.
pub fn a_resealing_that_has_begun_is_waited_for(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    stored(ground, &plain(here, 1));
    let all = ground.sealed_secrets();
    let (answer, answered) = mpsc::channel();
    thread::scope(|threads| {
        let mut answer = Some(answer);
        let done = all.reseal(&mut |holder, secrets| {
            let answer = answer.take().expect("there is one endpoint");
            threads.spawn(move || answer.send(all.sealed_under_at_rest()));
            // Long enough for an answer that does not wait.
            let early = answered.recv_timeout(Duration::from_millis(300));
            assert!(early.is_err(), "{early:?}");
            let resealed = secrets.iter().map(under_other_key).collect();
            Ok((resealed, entry("webhook_endpoint.resealed", of(holder), 7)))
        });
        done.expect("resealed");
    });
    let answer = answered.recv().expect("it was answered");
    assert_eq!(
        answer.expect("the store answers").as_deref(),
        Some(OTHER_KEY)
    );
}
