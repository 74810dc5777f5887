//! The use cases on the store in memory.

use org_kernel::actor::Actor;
use org_kernel::audit::{AuditTrail, EntryQuery};
use org_kernel::clock::FrozenClock;
use org_kernel::field::FromText;
use org_kernel::id::UserId;
use org_kernel::id_source::SequentialIds;
use serde_json::{Value, json};
use time::Duration;

use super::*;
use crate::entropy::KnownEntropy;
use crate::key::PresentedKey;
use crate::rate::PerMinute;
use crate::scope::Scope;
use crate::testing::{HookedStore, clock, key_id, now, org, slug, store};

mod rotating;

struct Stuck;

impl Entropy for Stuck {
    fn fill(&self, _: &mut [u8]) -> Result<(), NoEntropy> {
        Err(NoEntropy)
    }
}

fn keys_with(store: &Arc<HookedStore>, entropy: impl Entropy + 'static) -> ApiKeys {
    keys_at(clock(), store, entropy)
}

fn keys_at(
    clock: Arc<FrozenClock>,
    store: &Arc<HookedStore>,
    entropy: impl Entropy + 'static,
) -> ApiKeys {
    ApiKeys::new(
        Arc::clone(store) as _,
        clock,
        Arc::new(SequentialIds::at(1)),
        Arc::new(entropy),
        Arc::default(),
    )
}

fn keys() -> (Arc<HookedStore>, ApiKeys) {
    let store = Arc::new(HookedStore::new(store()));
    let keys = keys_with(&store, KnownEntropy::seeded(1));
    (store, keys)
}

/// [`keys`], with the clock that they look at.
fn keys_and_clock() -> (Arc<HookedStore>, ApiKeys, Arc<FrozenClock>) {
    let (store, clock) = (Arc::new(HookedStore::new(store())), clock());
    let keys = keys_at(Arc::clone(&clock), &store, KnownEntropy::seeded(1));
    (store, keys, clock)
}

fn request() -> KeyRequest {
    KeyRequest {
        id: None,
        org: org(1),
        name: KeyName::from_text("Box office").expect("a name"),
        scopes: ScopeSet::from_iter([Scope::ReadOperations, Scope::WriteBookings]),
        limits: OwnLimits {
            reads: PerMinute::new(9).ok(),
            writes: None,
        },
        expires_at: now().checked_add(Duration::MILLISECOND),
    }
}

#[test]
fn an_issued_key_is_what_was_asked_for_and_is_found_by_its_secret() {
    let (store, keys) = keys();
    let IssuedKey { key, secret } = keys.issue(request(), &Origin::OPERATOR).expect("issued");
    let asked = request();
    assert_eq!((key.org, &key.org_slug), (org(1), &slug(1)));
    assert_eq!((&key.name, key.scopes), (&asked.name, asked.scopes));
    assert_eq!(
        (key.limits, key.expires_at),
        (asked.limits, asked.expires_at)
    );
    assert_eq!((key.created_at, key.created_by), (now(), Actor::Operator));
    assert_eq!((key.last_used_at, key.revoked_at), (None, None));
    assert_eq!(key.prefix, secret.prefix());
    let presented = PresentedKey::parse(secret.expose().as_bytes()).expect("well-formed");
    assert_eq!(store.find(presented.hash()).expect("found"), Some(key));
}

#[test]
fn what_is_done_to_a_key_is_told_with_its_origin_and_without_its_secret() {
    let (store, keys) = keys();
    let origin = Origin {
        actor: Actor::User(UserId::new(uuid::Uuid::from_u128(7))),
        request: None,
    };
    let issued = keys.issue(request(), &origin).expect("issued");
    assert_eq!(issued.key.created_by, origin.actor);
    keys.revoke(issued.key.id, &origin).expect("revoked");
    let query = EntryQuery {
        org: Some(org(1)),
        limit: 10,
        ..EntryQuery::default()
    };
    let trail = store.inner().entries(&query).expect("the trail");
    for entry in &trail {
        assert_eq!(entry.actor, Some(origin.actor));
        assert_eq!(entry.subject, Some(issued.key.id.into()));
        assert_eq!(entry.at, now());
    }
    let [created, revoked] = trail.as_slice() else {
        panic!("not two entries: {trail:?}");
    };
    assert_eq!(
        (&*created.action, &*revoked.action),
        ("api_key.created", "api_key.revoked")
    );
    let made_as = |value: Value| json!({ "old": null, "new": value });
    let expected = json!({
        "name": made_as("Box office".into()),
        "scopes": made_as(json!(["org:read:operations", "org:write:bookings"])),
        "readsPerMinute": made_as(9.into()),
        "expiresAt": made_as("2026-03-14T18:30:07.001Z".into()),
    });
    assert_eq!(created.details["changes"], expected);
    assert!(revoked.details.is_empty());
}

#[test]
fn every_key_has_an_id_and_a_secret_of_its_own() {
    let (_, keys) = keys();
    let [one, other] = [(), ()].map(|()| keys.issue(request(), &Origin::OPERATOR).expect("issued"));
    assert_ne!(one.key.id, other.key.id);
    assert_ne!(one.secret.expose(), other.secret.expose());
    assert_eq!(keys.list(org(1)).expect("listed"), [one.key, other.key]);
}

#[test]
fn a_key_may_be_expired_from_its_beginning() {
    let (_, keys) = keys();
    let expires_at = now().checked_add(-Duration::DAY);
    let request = KeyRequest {
        expires_at,
        ..request()
    };
    let issued = keys.issue(request, &Origin::OPERATOR).expect("issued");
    assert_eq!(issued.key.expires_at, expires_at);
}

#[test]
fn no_key_is_issued_for_an_unknown_organization_without_randomness_or_without_a_store() {
    let (store, keys) = keys();
    let unknown = KeyRequest {
        org: org(3),
        ..request()
    };
    let refused = keys.issue(unknown, &Origin::OPERATOR);
    assert!(matches!(refused, Err(IssueError::NoSuchOrg)));
    let refused = keys_with(&store, Stuck).issue(request(), &Origin::OPERATOR);
    assert!(matches!(refused, Err(IssueError::NoEntropy(_))));
    store.fail(true);
    let refused = keys.issue(request(), &Origin::OPERATOR);
    assert!(matches!(
        refused,
        Err(IssueError::Store(StoreError::Unavailable(_)))
    ));
}

#[test]
fn revoking_twice_keeps_the_first_time_and_an_unknown_key_is_an_error() {
    let (_, keys, clock) = keys_and_clock();
    let id = keys
        .issue(request(), &Origin::OPERATOR)
        .expect("issued")
        .key
        .id;
    for _ in 0..2 {
        let revoked = keys.revoke(id, &Origin::OPERATOR).expect("revoked");
        assert_eq!(revoked.revoked_at, Some(now()));
        clock.advance(Duration::HOUR);
    }
    let unknown = keys.revoke(key_id(99), &Origin::OPERATOR);
    assert!(matches!(unknown, Err(RevokeError::NoSuchKey)));
}

#[test]
fn a_key_whose_id_is_known_before_is_issued_once() {
    let (store, keys) = keys();
    let wanted = || KeyRequest {
        id: Some(key_id(7)),
        ..request()
    };
    let issued = keys.issue(wanted(), &Origin::OPERATOR).expect("issued");
    assert_eq!(issued.key.id, key_id(7));
    let elsewhere = KeyRequest {
        org: org(2),
        ..wanted()
    };
    for twice in [wanted(), elsewhere] {
        let refused = keys.issue(twice, &Origin::OPERATOR);
        assert!(matches!(refused, Err(IssueError::AlreadyIssued)));
    }
    let presented = PresentedKey::parse(issued.secret.expose().as_bytes()).expect("well-formed");
    assert!(store.find(presented.hash()).expect("found").is_some());
}

#[test]
fn a_key_is_found_and_revoked_by_its_own_organization_alone() {
    let (_, keys) = keys();
    let key = keys
        .issue(request(), &Origin::OPERATOR)
        .expect("issued")
        .key;
    assert_eq!(keys.find(org(1), key.id).expect("found"), Some(key.clone()));
    assert_eq!(keys.find(org(2), key.id).expect("found"), None);
    let theirs = keys.revoke((org(2), key.id), &Origin::OPERATOR);
    assert!(matches!(theirs, Err(RevokeError::NoSuchKey)));
    let ours = keys.revoke((org(1), key.id), &Origin::OPERATOR);
    assert_eq!(ours.expect("revoked").revoked_at, Some(now()));
}

#[test]
fn a_printed_issue_does_not_show_the_secret() {
    let (_, keys) = keys();
    let issued = keys.issue(request(), &Origin::OPERATOR).expect("issued");
    let printed = format!("{issued:?}");
    assert!(!printed.contains(issued.secret.expose()), "{printed}");
}
