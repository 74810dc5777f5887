//! The ratchet: every route with a key of no use, of too little use, and of another organization.
//!
//! The routes come from the server's own table, so a new one is covered from its first day, and one
//! whose path names an object fails here until it is told what to be wrong about.

use org_http::routes::{Route, route_table};

use crate::client::Answer;
use crate::world::{World, all_scopes};

/// Ids in paths that no request of the first organization may find, by the name in the path.
fn foreign_ids(world: &World, parameter: &str) -> Vec<String> {
    let list = match parameter {
        "id" => "/productions",
        other => panic!("say here which ids {{{other}}} can be wrong about"),
    };
    let path = format!("/api/org/v1/{}{list}", world.there.slug);
    let theirs = world.client.get(&path, Some(&world.there.key)).data();
    let theirs = theirs["items"][0]["id"].as_str().expect("an id").to_owned();
    let (prefix, _) = theirs.split_once('_').expect("a prefix");
    let unknown = format!("{prefix}_01h455vb4pex5vsknk084sn02q");
    let other_type = format!("org_{}", theirs.split_once('_').expect("a suffix").1);
    vec![
        theirs.clone(),
        unknown,
        other_type,
        theirs.to_uppercase(),
        "x".to_owned(),
        "%00".to_owned(),
    ]
}

/// The route's path in an organization, with `id` wherever an id goes.
fn path(route: &Route, slug: &str, id: &str) -> String {
    let path = route.path.replace("{slug}", slug);
    match path.split_once('{') {
        Some((before, rest)) => {
            let (_, after) = rest.split_once('}').expect("a closed parameter");
            format!("{before}{id}{after}")
        }
        None => path,
    }
}

fn parameter(route: &Route) -> Option<&str> {
    let rest = route.path.split("{slug}").nth(1)?.split_once('{')?.1;
    Some(rest.split_once('}').expect("a closed parameter").0)
}

fn keyed_routes() -> Vec<Route> {
    let routes: Vec<_> = route_table()
        .into_iter()
        .filter(|route| route.scope.is_some())
        .collect();
    assert!(routes.len() >= 11, "the eleven reads at least");
    routes
}

const SOME_ID: &str = "prod_01h455vb4pex5vsknk084sn02q";

fn error(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.header("x-request-id").is_some());
}

#[test]
fn no_route_answers_without_a_key() {
    let world = World::new();
    for route in keyed_routes() {
        let path = path(&route, world.here.slug, SOME_ID);
        let answer = world.client.get(&path, None);
        error(&answer, 401, "API_KEY_MISSING");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{path}");
    }
}

#[test]
fn no_route_answers_a_key_without_its_scope() {
    let world = World::new();
    for route in keyed_routes() {
        let scope = route.scope.expect("a scope");
        let others: Vec<_> = all_scopes()
            .into_iter()
            .filter(|other| *other != scope.as_str())
            .collect();
        let key = world.key(&others);
        let answer = world
            .client
            .get(&path(&route, world.here.slug, SOME_ID), Some(&key));
        error(&answer, 403, "API_SCOPE_MISSING");
        let details = &answer.json()["error"]["details"];
        assert_eq!(details["required"], scope.as_str());
        assert_eq!(details["granted"], serde_json::json!(others));
    }
}

#[test]
fn no_route_tells_whether_another_organization_exists() {
    let world = World::new();
    for route in keyed_routes() {
        let at = |slug: &str| {
            world
                .client
                .get(&path(&route, slug, SOME_ID), Some(&world.here.key))
        };
        let (theirs, nobodys) = (at(world.there.slug), at("no-such-orchestra"));
        error(&theirs, 404, "ORG_NOT_FOUND");
        assert_eq!(
            (theirs.status, theirs.body),
            (nobodys.status, nobodys.body),
            "{}",
            route.path
        );
    }
}

#[test]
fn no_route_finds_another_organizations_objects() {
    let world = World::new();
    for route in keyed_routes() {
        let Some(parameter) = parameter(&route) else {
            continue;
        };
        let ask = |id: &String| {
            world
                .client
                .get(&path(&route, world.here.slug, id), Some(&world.here.key))
        };
        let answers: Vec<_> = foreign_ids(&world, parameter).iter().map(ask).collect();
        for answer in &answers {
            error(answer, 404, "NOT_FOUND");
            assert_eq!(answer.body, answers[0].body, "{}", route.path);
        }
    }
}

#[test]
fn no_list_holds_another_organizations_objects() {
    let world = World::new();
    let lists = keyed_routes()
        .into_iter()
        .filter(|route| parameter(route).is_none());
    for route in lists {
        let of = |side: &crate::world::Side| {
            world
                .client
                .get(&path(&route, side.slug, SOME_ID), Some(&side.key))
                .data()
        };
        let (ours, theirs) = (of(&world.here), of(&world.there));
        let id = |data: &serde_json::Value| {
            let object = data.get("items").map_or(data, |items| &items[0]);
            object["id"].as_str().expect("an id").to_owned()
        };
        assert_ne!(id(&ours), id(&theirs), "{}", route.path);
        if ours.get("items").is_some() {
            assert_eq!(
                (&ours["total"], &theirs["total"]),
                (&1.into(), &1.into()),
                "{}",
                route.path
            );
        }
    }
}

#[test]
fn no_filter_finds_another_organizations_objects() {
    let world = World::new();
    for id in foreign_ids(&world, "id") {
        let answer = world.get(&format!("/services?productionId={id}"));
        assert_eq!(answer.data()["total"], 0, "{id}");
    }
}
