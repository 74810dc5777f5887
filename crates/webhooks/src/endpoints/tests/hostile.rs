//! What bad input gets.

use org_kernel::field::FieldErrors;

use super::*;

fn errors(errors: &FieldErrors) -> Vec<(String, String)> {
    let owned = |(field, message): (&str, &str)| (field.to_owned(), message.to_owned());
    errors.iter().map(owned).collect()
}

#[test]
fn every_bad_field_is_named_at_once_and_nothing_is_stored() {
    let scene = Scene::new();
    let bad = EndpointRequest {
        org: org(1),
        id: None,
        url: "https://169.254.169.254/latest".to_owned(),
        description: Some("a\0b".to_owned()),
        event_types: vec!["c.made".to_owned()],
    };
    let created = scene.endpoints.create(&bad, &Origin::OPERATOR);
    let Err(CreateError::Invalid(invalid)) = created else {
        panic!("it was not refused for its fields: {created:?}");
    };
    let named = errors(&invalid);
    let [description, event_types, url] = named.as_slice() else {
        panic!("not one message of each field: {named:?}");
    };
    assert_eq!(description.0, "description");
    let unknown = ("eventTypes[0]", "must be one of a.made, b.made");
    assert_eq!((&*event_types.0, &*event_types.1), unknown);
    assert_eq!(url.0, "url");
    assert!(
        url.1.starts_with("leads to 169.254.169.254, which is "),
        "{}",
        url.1
    );
    assert_eq!(scene.endpoints.list(org(1)).expect("listed"), []);

    let (endpoint, _) = scene.create();
    let bad = EndpointChanges {
        url: Some(bad.url),
        description: bad.description,
        event_types: Some(Vec::new()),
        seen: None,
    };
    let done = scene.endpoints.change(endpoint.id, &bad, &Origin::OPERATOR);
    let Err(ChangeError::Invalid(invalid)) = done else {
        panic!("it was not refused for its fields: {done:?}");
    };
    let named = errors(&invalid);
    let fields: Vec<_> = named.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["description", "eventTypes", "url"]);
    assert_eq!(scene.endpoints.list(org(1)).expect("listed"), [endpoint]);
}

#[test]
fn a_description_has_its_bounds() {
    let scene = Scene::new();
    for (length, is_valid) in [(500, true), (501, false)] {
        let request = EndpointRequest {
            description: Some("\u{1F3BB}".repeat(length)),
            ..request()
        };
        let created = scene.endpoints.create(&request, &Origin::OPERATOR);
        assert_eq!(created.is_ok(), is_valid, "{length}");
    }
}

#[test]
fn an_endpoint_needs_an_organization_that_exists() {
    let scene = Scene::new();
    let nowhere = EndpointRequest {
        org: org(3),
        id: None,
        ..request()
    };
    let created = scene.endpoints.create(&nowhere, &Origin::OPERATOR);
    assert!(matches!(created, Err(CreateError::NoSuchOrg)));
}

#[test]
fn to_another_organization_an_endpoint_does_not_exist() {
    let scene = Scene::new();
    let (endpoint, secret) = scene.create();
    let (endpoints, origin) = (&scene.endpoints, Origin::OPERATOR);
    let foreign = Target {
        org: Some(org(2)),
        id: endpoint.id,
    };
    assert_eq!(endpoints.find(foreign).expect("answered"), None);
    let changes = EndpointChanges {
        url: Some("https://evil.example/".to_owned()),
        ..EndpointChanges::default()
    };
    let done = endpoints.change(foreign, &changes, &origin);
    assert!(matches!(done, Err(ChangeError::NoSuchEndpoint)));
    assert!(endpoints.disable(foreign, &origin).is_err());
    assert!(endpoints.delete(foreign, &origin).is_err());
    let rotated = endpoints.rotate(foreign, &origin);
    assert!(matches!(rotated, Err(RotateError::NoSuchEndpoint)));
    let secrets = endpoints.secrets(foreign, signed_at());
    assert!(matches!(secrets, Err(SecretsError::NoSuchEndpoint)));
    let own = Target {
        org: Some(org(1)),
        ..foreign
    };
    let left = endpoints.secrets(own, signed_at()).expect("opened");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].expose(), secret.expose());
    assert_eq!(endpoints.find(own).expect("answered"), Some(endpoint));
}

#[test]
fn a_url_is_held_to_the_policy_of_the_day() {
    let scene = Scene::new();
    let origin = Origin::OPERATOR;
    let open = EgressPolicy::default().with_http();
    let open = scene.others(Rising::default(), Some(master_key(1)), rules(open));
    let request = EndpointRequest {
        url: "http://hooks.example:3000/".to_owned(),
        ..request()
    };
    let (endpoint, _) = open.create(&request, &origin).expect("created");
    // What was registered stays readable, and may be disabled, where the policy has become stricter.
    let disabled = scene
        .endpoints
        .disable(endpoint.id, &origin)
        .expect("disabled");
    assert_eq!(disabled.url, endpoint.url);
    let changes = EndpointChanges {
        url: Some(request.url),
        ..EndpointChanges::default()
    };
    let again = scene.endpoints.change(endpoint.id, &changes, &origin);
    assert!(matches!(again, Err(ChangeError::Invalid(_))));
}
