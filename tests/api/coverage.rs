//! The ratchet: every route with a key of no use, of too little use, and of another organization.
//!
//! The routes come from the server's own table, so a new one is covered from its first day, and one
//! whose path names an object fails here until it is told what to be wrong about.

mod feed;
mod objects;

use std::sync::atomic::{AtomicU32, Ordering};

use org_http::routes::{Route, route_table};
use serde_json::{Value, json};

use self::objects::Objects;
use crate::client::{Answer, Asked};
use crate::counting::count;
use crate::world::{Side, World, all_scopes};

/// How many routes write.
const WRITES: i64 = 7;

fn keyed_routes() -> Vec<Route> {
    let routes: Vec<_> = route_table()
        .into_iter()
        .filter(|route| route.scope.is_some())
        .collect();
    let writes = routes.iter().filter(|route| route.method != "GET").count();
    assert_eq!(i64::try_from(writes), Ok(WRITES));
    assert!(routes.len() >= 19, "and the twelve reads at least");
    routes
}

/// Asks for a route of an organization. Each write bears a name that none bore before, so that
/// [`written`] tells what is kept of a refusal.
fn ask(
    world: &World,
    route: &Route,
    (slug, objects): (&str, &Objects),
    key: Option<&str>,
) -> Answer {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let name = format!("write {}", ASKED.fetch_add(1, Ordering::Relaxed));
    let path = objects.path(route, slug);
    world.client.send(&Asked {
        named: (route.method != "GET").then_some(&name),
        body: objects.body(route),
        ..Asked::of(&route.method, &path, key)
    })
}

fn ours(world: &World) -> Objects {
    Objects::of(world, &world.here)
}

fn theirs(world: &World) -> Objects {
    Objects::of(world, &world.there)
}

/// How much has been written, of everything that writes leave.
fn written(world: &World) -> i64 {
    let tables = [
        "contacts",
        "resource_bookings",
        "checklist_items",
        "member_requests",
        "events",
        "kept_answers",
        "audit_log WHERE action <> 'request.refused' AND action NOT LIKE 'api_key.%'",
    ];
    let counts = tables.map(|table| format!("(SELECT count(*) FROM {table})"));
    let query = format!("SELECT {} AS count", counts.join(" + "));
    count(&mut world.connection(), &query)
}

fn error(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.header("x-request-id").is_some());
}

#[test]
fn every_route_answers_its_own_organization() {
    let world = World::new();
    let objects = ours(&world);
    let (slug, key) = (world.here.slug, world.here.key.as_str());
    for route in keyed_routes() {
        let answer = ask(&world, &route, (slug, &objects), Some(key));
        let in_the_way = route.path.ends_with("/resource-bookings") && answer.status == 409;
        assert!(
            answer.status < 300 || in_the_way,
            "{}: {answer:?}",
            route.path
        );
    }
    let kept = "SELECT count(*) FROM kept_answers";
    assert_eq!(count(&mut world.connection(), kept), WRITES);
}

#[test]
fn no_route_answers_without_a_key() {
    let world = World::new();
    let objects = ours(&world);
    let before = written(&world);
    for route in keyed_routes() {
        let answer = ask(&world, &route, (world.here.slug, &objects), None);
        error(&answer, 401, "API_KEY_MISSING");
        let challenge = answer.header("www-authenticate");
        assert_eq!(challenge, Some("Bearer"), "{}", route.path);
    }
    assert_eq!(written(&world), before);
}

#[test]
fn no_route_answers_a_key_without_its_scope() {
    let world = World::new();
    let objects = ours(&world);
    let before = written(&world);
    for route in keyed_routes() {
        let scope = route.scope.expect("a scope");
        let others: Vec<_> = all_scopes()
            .into_iter()
            .filter(|other| *other != scope.as_str())
            .collect();
        let key = world.key(&others);
        let answer = ask(&world, &route, (world.here.slug, &objects), Some(&key));
        error(&answer, 403, "API_SCOPE_MISSING");
        let details = &answer.json()["error"]["details"];
        assert_eq!(details["required"], scope.as_str());
        assert_eq!(details["granted"], json!(others));
    }
    assert_eq!(written(&world), before);
}

#[test]
fn no_route_tells_whether_another_organization_exists() {
    let world = World::new();
    let theirs = theirs(&world);
    let before = written(&world);
    for route in keyed_routes() {
        let key = Some(world.here.key.as_str());
        let at = |slug: &str| ask(&world, &route, (slug, &theirs), key);
        let (theirs, nobodys) = (at(world.there.slug), at("no-such-orchestra"));
        error(&theirs, 404, "ORG_NOT_FOUND");
        assert_eq!(
            (theirs.status, theirs.body),
            (nobodys.status, nobodys.body),
            "{}",
            route.path
        );
    }
    assert_eq!(written(&world), before);
}

/// What each route names, in its path, its query and its body, is wrong in turn: the id of another
/// organization's object, of nothing, of an object of another type, and what is no id at all.
#[test]
fn no_route_finds_another_organizations_objects() {
    let world = World::new();
    let (ours, theirs) = (ours(&world), theirs(&world));
    let before = written(&world);
    let wrong: [&dyn Fn(&str) -> String; 5] = [
        &|id| format!("{}_01h455vb4pex5vsknk084sn02q", prefix(id)),
        &|id| id.replace(prefix(id), "org"),
        &str::to_uppercase,
        &|_| "x".to_owned(),
        &|_| "%00".to_owned(),
    ];
    for route in keyed_routes() {
        let (path, body) = (ours.path(&route, ""), ours.body(&route));
        let mut answers = Vec::new();
        let foreign = ours.each_with_one_of(&theirs);
        let wrong = wrong.iter().flat_map(|wrong| ours.each_changed(wrong));
        for objects in foreign.into_iter().chain(wrong) {
            if (objects.path(&route, ""), objects.body(&route)) == (path.clone(), body.clone()) {
                continue;
            }
            let key = Some(world.here.key.as_str());
            let answer = ask(&world, &route, (world.here.slug, &objects), key);
            error(&answer, 404, "NOT_FOUND");
            answers.push(answer.body);
        }
        let all_alike = answers.windows(2).all(|pair| pair[0] == pair[1]);
        assert!(all_alike, "{}", route.path);
        let names_something = route.path.contains("{id}") || query_or_body_names(&route);
        assert_eq!(answers.is_empty(), !names_something, "{}", route.path);
    }
    assert_eq!(written(&world), before);
}

fn prefix(id: &str) -> &str {
    id.split_once('_').expect("a prefix").0
}

fn query_or_body_names(route: &Route) -> bool {
    let ends = ["/events", "/resource-bookings", "/member-requests"];
    ends.iter().any(|end| route.path.ends_with(end))
}

#[test]
fn no_list_holds_another_organizations_objects() {
    let world = World::new();
    // What the feed holds comes a moment later, and has a test of its own.
    let is_list = |route: &Route| {
        route.method == "GET" && !route.path.contains("{id}") && !route.path.ends_with("/events")
    };
    let lists = keyed_routes().into_iter().filter(is_list);
    for route in lists {
        let of = |side: &Side| {
            let path = route.path.replace("{slug}", side.slug);
            world.client.get(&path, Some(&side.key)).data()
        };
        let (ours, theirs) = (of(&world.here), of(&world.there));
        let id = |data: &Value| {
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
    let theirs = world.there.only(&world.client, "/productions");
    for id in [
        theirs.as_str(),
        "prod_01h455vb4pex5vsknk084sn02q",
        "x",
        "%00",
    ] {
        let answer = world.get(&format!("/services?productionId={id}"));
        assert_eq!(answer.data()["total"], 0, "{id}");
    }
}
