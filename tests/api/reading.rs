//! Reading over HTTP from a real database: what the tests over fakes cannot see.

use serde_json::json;

use crate::command;
use crate::world::{World, file};

#[test]
fn what_is_kept_to_itself_never_leaves() {
    let world = World::new();
    for path in ["/members", "/instruments", "/productions", "/reports"] {
        let answer = world.get(path);
        assert_eq!(answer.status, 200);
        let text = String::from_utf8(answer.body).expect("UTF-8");
        for secret in ["ada@example.org", "4711", "2345678"] {
            assert!(!text.contains(secret), "{path} tells {secret}");
        }
    }
}

#[test]
fn a_production_comes_with_all_that_belongs_to_it() {
    let world = World::new();
    let list = world.get("/productions").data();
    let id = list["items"][0]["id"].as_str().expect("an id");
    let production = world.get(&format!("/productions/{id}")).data();
    assert_eq!(production["title"], "Opening of here-orchestra");
    assert_eq!(
        production["services"][0]["startAt"],
        "2026-09-18T17:30:00.000Z"
    );
    assert_eq!(production["services"][0]["productionId"], id);
    assert_eq!(production["programme"][0]["position"], 1);
    let works = world.get("/works?q=new+world").data();
    assert_eq!(
        production["programme"][0]["workId"],
        works["items"][0]["id"]
    );
    assert_eq!(production["checklist"], json!([]));
}

#[test]
fn a_works_figures_are_those_of_the_history() {
    let world = World::new();
    let work = &world.get("/works?composer=DVORAK").data()["items"][0];
    assert_eq!(work["performanceCount"], 1);
    assert_eq!(work["firstPerformedOn"], "1999-10-01");
    assert_eq!(work["lastPerformedOn"], "1999-10-01");
}

#[test]
fn pages_neither_repeat_nor_skip() {
    let world = World::new();
    let rows: Vec<_> = (0..57)
        .map(|n| {
            json!({ "kind": "resource", "externalId": format!("room {n}"), "type": "PRACTICE_ROOM",
                // Many rooms of one name: the id decides.
                "name": format!("Room {}", n % 3) })
        })
        .collect();
    let rooms = file(&rows);
    let rooms = rooms.path().to_str().expect("UTF-8");
    command::json(world.url(), &["import", "--org", world.here.slug, rooms]);
    let page = |number: usize| {
        world
            .get(&format!("/resources?page={number}&limit=10"))
            .data()
    };
    let pages: Vec<_> = (1..=7).map(page).collect();
    let ids: Vec<_> = pages
        .iter()
        .flat_map(|page| page["items"].as_array().expect("items"))
        .collect();
    let distinct: std::collections::HashSet<_> =
        ids.iter().map(|item| item["id"].to_string()).collect();
    assert_eq!((ids.len(), distinct.len()), (58, 58));
    assert_eq!(
        (&pages[0]["total"], &pages[0]["totalPages"]),
        (&json!(58), &json!(6))
    );
    assert_eq!(pages[6]["items"], json!([]));
    let names: Vec<_> = ids
        .iter()
        .map(|item| item["name"].as_str().expect("a name"))
        .collect();
    assert!(names.is_sorted(), "{names:?}");
}
