//! The promises of [`RefusalLog`](super::RefusalLog), and of the trail that its entries are read in.

use std::slice;

use org_kernel::audit::{Action, Entry, EntryQuery, Request};
use org_kernel::id::OrgId;

use super::RefusedRequest;
use crate::contract::{ExistingOrg, Promise, Scene, minute, new_id, new_uuid, plain_key};
use crate::scope::Scope;
use crate::user::UserRef;
use crate::verifier::Holder;

pub(crate) const PROMISES: &[Promise] = &[
    each_trail_has_its_own_refusals_as_they_were,
    refused_sign_ins_are_of_their_user_or_of_nobody,
    a_batch_may_be_sent_again,
    a_refusal_of_an_unknown_organization_is_passed_over,
    a_large_batch_is_stored_whole,
    a_trail_is_read_in_order_from_anywhere,
    old_refusals_are_forgotten_and_nothing_else,
];

fn holder(org: OrgId) -> Holder {
    Holder { org, key: new_id() }
}

fn refused(holder: Option<Holder>, at: i64) -> RefusedRequest {
    let request = Request {
        id: format!("request-{at}"),
        address: "192.0.2.7".parse().expect("an address"),
        method: "GET".to_owned(),
        route: "/api/org/v1/{slug}/works".to_owned(),
        status: 401,
    };
    let (code, required) = match holder {
        Some(_) => ("API_SCOPE_MISSING", Some(Scope::ReadOperations)),
        None => ("API_KEY_INVALID", None),
    };
    RefusedRequest::new((new_uuid(), minute(at)), holder, code, required, request)
}

fn append(scene: &Scene<'_>, refused: &[RefusedRequest]) {
    scene.store.append(refused).expect("stored");
}

fn entries(refused: &[RefusedRequest]) -> Vec<Entry> {
    refused.iter().map(|one| one.entry().clone()).collect()
}

fn each_trail_has_its_own_refusals_as_they_were(scene: &Scene<'_>) {
    let [here, there] = [&scene.here, &scene.there];
    let all = [None, Some(here), Some(there)].map(|org| {
        let refused = refused(org.map(|org| holder(org.id)), 1);
        (org, refused)
    });
    append(scene, &[]);
    append(scene, &all.clone().map(|(_, refused)| refused));
    for (org, refused) in all {
        assert_eq!(scene.trail(org), [refused.entry().clone()]);
    }
}

fn refused_sign_in(user: Option<UserRef>, at: i64) -> RefusedRequest {
    let place = (new_uuid(), minute(at));
    let request = refused(None, at).entry().request.clone();
    let why = ("password", "wrong");
    RefusedRequest::sign_in(place, user, why, request.expect("a request"))
}

fn refused_sign_ins_are_of_their_user_or_of_nobody(scene: &Scene<'_>) {
    let user = UserRef {
        org: scene.here.id,
        id: new_id(),
    };
    let [of_user, of_nobody] = [Some(user), None].map(|user| refused_sign_in(user, 1));
    let others = [None, Some(holder(scene.here.id))].map(|holder| refused(holder, 2));
    append(scene, &[of_user.clone(), of_nobody.clone()]);
    append(scene, &others);
    let [nobodys, heres] = others;
    assert_eq!(
        scene.trail(Some(&scene.here)),
        entries(&[of_user.clone(), heres])
    );
    assert_eq!(
        scene.trail(None),
        entries(&[of_nobody.clone(), nobodys.clone()])
    );
    let named = |org, action: Action| {
        scene.read(&EntryQuery {
            org,
            action: Some(action),
            limit: 10,
            ..EntryQuery::default()
        })
    };
    let here = Some(scene.here.id);
    let sign_ins = || Action::One(RefusedRequest::SIGN_IN.to_owned());
    assert_eq!(named(here, sign_ins()), entries(slice::from_ref(&of_user)));
    assert_eq!(
        named(None, sign_ins()),
        entries(slice::from_ref(&of_nobody))
    );
    let on_sessions = Action::AnyOn("session".to_owned());
    assert_eq!(named(None, on_sessions), entries(&[of_nobody]));
    let requests = Action::One(RefusedRequest::ACTION.to_owned());
    assert_eq!(named(None, requests), entries(&[nobodys]));
    let about = scene.read(&EntryQuery {
        org: here,
        subject: of_user.entry().subject.clone(),
        limit: 10,
        ..EntryQuery::default()
    });
    assert_eq!(about, entries(&[of_user]));
}

fn a_batch_may_be_sent_again(scene: &Scene<'_>) {
    let first = [refused(None, 1), refused(Some(holder(scene.here.id)), 1)];
    append(scene, &first);
    let [nobodys, heres] = first;
    append(scene, &[refused(None, 2), nobodys, heres.clone()]);
    assert_eq!(scene.trail(None).len(), 2);
    assert_eq!(scene.trail(Some(&scene.here)), entries(&[heres]));
}

fn a_refusal_of_an_unknown_organization_is_passed_over(scene: &Scene<'_>) {
    let (nowhere, known) = (new_id(), refused(Some(holder(scene.here.id)), 1));
    append(scene, &[refused(Some(holder(nowhere)), 1), known.clone()]);
    assert_eq!(scene.trail(Some(&scene.here)), entries(&[known]));
    let nowhere = ExistingOrg {
        id: nowhere,
        slug: String::new(),
    };
    assert_eq!(scene.trail(Some(&nowhere)), []);
}

fn a_large_batch_is_stored_whole(scene: &Scene<'_>) {
    let all: Vec<_> = (0..super::BATCH).map(|_| refused(None, 1)).collect();
    append(scene, &all);
    assert_eq!(scene.trail(None).len(), super::BATCH);
}

/// Three entries a minute, in pages that end within one.
fn a_trail_is_read_in_order_from_anywhere(scene: &Scene<'_>) {
    for org in [None, Some(&scene.here)] {
        let all: Vec<_> = (0..12)
            .map(|number| refused(org.map(|org| holder(org.id)), number / 3))
            .collect();
        let expected = entries(&all);
        let mut shuffled = all;
        shuffled.rotate_left(5);
        shuffled.reverse();
        append(scene, &shuffled);
        for (since, skipped) in [(None, 0), (Some(minute(0)), 0), (Some(minute(2)), 6)] {
            let mut query = EntryQuery {
                org: org.map(|org| org.id),
                since,
                limit: 4,
                ..EntryQuery::default()
            };
            let mut found = Vec::new();
            loop {
                let page = scene.read(&query);
                assert!(page.len() <= 4, "a page keeps to its limit");
                let Some(last) = page.last() else { break };
                query.after = Some((last.at, last.id));
                found.extend(page);
            }
            found.retain(|entry| entry.action == RefusedRequest::ACTION);
            assert_eq!(found, expected[skipped..], "since {since:?}");
        }
    }
}

fn old_refusals_are_forgotten_and_nothing_else(scene: &Scene<'_>) {
    // The key's own entry is of minute 0, and no refusal.
    scene.insert(plain_key(&scene.here, 1));
    let of = |org: Option<OrgId>| [0, 1, 2].map(|at| refused(org.map(holder), at));
    append(scene, &of(None));
    append(scene, &of(Some(scene.here.id)));
    let user = UserRef {
        org: scene.here.id,
        id: new_id(),
    };
    for user in [None, Some(user)] {
        append(scene, &[1, 3].map(|at| refused_sign_in(user, at)));
    }
    let forget = |most| {
        scene
            .store
            .forget_before(minute(2), most)
            .expect("forgotten")
    };
    assert_eq!(forget(4), 4, "no more than it was told");
    assert_eq!(forget(4), 2, "what is left of the old ones");
    assert_eq!(forget(4), 0, "none is left");
    let left = |org| -> Vec<_> {
        let trail = scene.trail(org);
        trail
            .into_iter()
            .map(|entry| (entry.action, entry.at))
            .collect()
    };
    let newest = [(RefusedRequest::ACTION, 2), (RefusedRequest::SIGN_IN, 3)];
    let [request, sign_in] = newest.map(|(action, at)| (action.to_owned(), minute(at)));
    let key = ("api_key.touched".to_owned(), minute(0));
    assert_eq!(left(None), [request.clone(), sign_in.clone()]);
    assert_eq!(left(Some(&scene.here)), [key, request, sign_in]);
}
