//! Which secrets are valid, and when.

use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;

use super::*;

fn secrets(scene: &Scene, endpoint: &Endpoint, at: Instant) -> Vec<String> {
    let secrets = scene.endpoints.secrets(endpoint.id, at).expect("opened");
    secrets
        .iter()
        .map(|secret| secret.expose().to_owned())
        .collect()
}

fn rotate(scene: &Scene, endpoint: &Endpoint) -> SigningSecret {
    let rotated = scene.endpoints.rotate(endpoint.id, &Origin::OPERATOR);
    rotated.expect("rotated")
}

#[test]
fn an_endpoint_begins_with_the_secret_that_was_shown() {
    let scene = Scene::new();
    let ((one, shown), (other, also_shown)) = (scene.create(), scene.create());
    let long_after = signed_at().saturating_add(Duration::days(3650));
    assert_eq!(secrets(&scene, &one, long_after), [shown.expose()]);
    assert_eq!(secrets(&scene, &other, long_after), [also_shown.expose()]);
    assert_ne!(shown.expose(), also_shown.expose());
}

#[test]
fn an_old_secret_is_valid_for_a_day_and_not_a_moment_longer() {
    let scene = Scene::new();
    let (endpoint, old) = scene.create();
    scene.clock.advance(Duration::days(30));
    let now = signed_at().saturating_add(Duration::days(30));
    let new = rotate(&scene, &endpoint);
    let end = now.saturating_add(Duration::hours(24));
    let last = end.saturating_add(-Duration::MILLISECOND);
    let both = [new.expose(), old.expose()];
    assert_eq!(secrets(&scene, &endpoint, now), both);
    assert_eq!(secrets(&scene, &endpoint, last), both);
    assert_eq!(secrets(&scene, &endpoint, end), [new.expose()]);
}

#[test]
fn rotating_twice_within_the_day_ends_the_oldest_at_once() {
    let scene = Scene::new();
    let (endpoint, leaked) = scene.create();
    let second = rotate(&scene, &endpoint);
    scene.clock.advance(Duration::HOUR);
    let now = signed_at().saturating_add(Duration::HOUR);
    let third = rotate(&scene, &endpoint);
    let valid = secrets(&scene, &endpoint, now);
    assert_eq!(valid, [third.expose(), second.expose()]);
    assert!(!valid.iter().any(|secret| secret == leaked.expose()));
    // The second one's day begins when the third takes its place.
    let last = now.saturating_add(KEPT_FOR - Duration::MILLISECOND);
    assert_eq!(secrets(&scene, &endpoint, last), valid);
}

#[test]
fn a_secret_that_was_seen_is_rotated_once() {
    let scene = Scene::new();
    let (endpoint, first) = scene.create();
    let newest = || {
        let newest = scene.endpoints.newest_secret(endpoint.id);
        newest.expect("answered").expect("it has a secret")
    };
    let seen = newest();
    let rotate = || {
        let endpoints = &scene.endpoints;
        endpoints.rotate_once(endpoint.id, seen, &Origin::OPERATOR)
    };
    let second = rotate().expect("rotated");
    assert_ne!(newest(), seen);
    assert!(matches!(rotate(), Err(RotateError::Changed)));
    let valid = secrets(&scene, &endpoint, signed_at());
    assert_eq!(valid, [second.expose(), first.expose()]);
    let unknown = scene.endpoints.newest_secret(EndpointId::nobody());
    assert_eq!(unknown.expect("answered"), None);
}

#[test]
fn a_secret_under_another_master_key_names_both_keys() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    let rules = rules(EgressPolicy::default());
    let others = scene.others(Rising::default(), Some(master_key(2)), rules);
    let refused = others.secrets(endpoint.id, signed_at());
    let refused = refused
        .expect_err("it is sealed under another key")
        .to_string();
    for id in [master_key(1).id(), master_key(2).id()] {
        assert!(refused.contains(id), "{refused}");
    }
    let rotated = others.rotate(endpoint.id, &Origin::OPERATOR);
    assert!(matches!(rotated, Err(RotateError::Store(_))));
    let created = others.create(&request(), &Origin::OPERATOR);
    assert!(matches!(created, Err(CreateError::Store(_))));
}

#[test]
fn without_randomness_nothing_is_made_and_nothing_ends() {
    let scene = Scene::new();
    let (endpoint, shown) = scene.create();
    let rules = rules(EgressPolicy::default());
    let stuck = scene.others(Stuck, Some(master_key(1)), rules);
    let created = stuck.create(&request(), &Origin::OPERATOR);
    let no_entropy = NoSecret::NoEntropy(NoEntropy);
    assert!(matches!(created, Err(CreateError::NoSecret(why)) if why == no_entropy));
    let rotated = stuck.rotate(endpoint.id, &Origin::OPERATOR);
    assert!(matches!(rotated, Err(RotateError::NoSecret(why)) if why == no_entropy));
    let after = signed_at().saturating_add(KEPT_FOR);
    assert_eq!(secrets(&scene, &endpoint, after), [shown.expose()]);
    assert_eq!(scene.endpoints.list(org(1)).expect("listed"), [endpoint]);
}

#[test]
fn without_a_master_key_secrets_are_neither_made_nor_opened_and_the_rest_is_done() {
    let scene = Scene::new();
    let (endpoint, shown) = scene.create();
    let keyless = scene.others(Rising::default(), None, rules(EgressPolicy::default()));
    assert!(scene.endpoints.has_master_key() && !keyless.has_master_key());
    let created = keyless.create(&request(), &Origin::OPERATOR);
    let no_key = NoSecret::NoMasterKey;
    assert!(matches!(created, Err(CreateError::NoSecret(why)) if why == no_key));
    let rotated = keyless.rotate(endpoint.id, &Origin::OPERATOR);
    assert!(matches!(rotated, Err(RotateError::NoSecret(why)) if why == no_key));
    let opened = keyless.secrets(endpoint.id, signed_at());
    assert!(matches!(opened, Err(SecretsError::NoMasterKey)));
    let disabled = keyless.disable(endpoint.id, &Origin::OPERATOR);
    assert!(!disabled.expect("disabled").enabled);
    assert_eq!(secrets(&scene, &endpoint, signed_at()), [shown.expose()]);
}
