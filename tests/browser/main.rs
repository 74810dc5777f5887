//! The settings console in a real browser, served by the real program.
//!
//! Each case is a program of `cases/`, run by Node.js, that drives Debian's Chromium and fails with a
//! list of all that it found wrong. Nothing is asked of any host but this one.

#[expect(dead_code, reason = "tests/api asks more of it")]
#[path = "../api/client.rs"]
mod client;
#[expect(dead_code, reason = "tests/api asks more of it")]
#[path = "../api/command.rs"]
mod command;
mod furniture;
mod guests;
mod history;
mod installed;
mod pages;
mod pictures;
mod running;
#[expect(dead_code, reason = "tests/api asks more of it")]
#[path = "../api/server.rs"]
mod server;
mod stage;

use furniture::Furniture;
use guests::owners_link;
use running::Case;
use serde_json::json;
use stage::Stage;

/// Nothing below could be trusted if what looks for flaws did not find them.
#[test]
fn the_harness_finds_what_is_wrong() {
    Case::of("harness").on(&Stage::dev());
}

/// Takes a new owner from the link to a revoked key.
fn journey(look: &str, theme: &str, scripts: &str, hand: &str) {
    let stage = Stage::dev();
    let case = Case::of("journey").with("LINK", &owners_link(&stage));
    let case = case.with("LOOK", look).with("THEME", theme);
    case.with("SCRIPTS", scripts).with("HAND", hand).on(&stage);
}

#[test]
fn the_journey_is_made_on_a_wide_light_screen() {
    journey("wide", "light", "on", "pointer");
}

#[test]
fn the_journey_is_made_on_a_narrow_dark_screen_without_scripts() {
    journey("narrow", "dark", "off", "pointer");
}

#[test]
fn the_journey_is_made_by_keyboard_alone() {
    journey("wide", "dark", "on", "keyboard");
}

#[test]
fn the_journey_is_made_by_keyboard_alone_without_scripts() {
    journey("narrow", "light", "off", "keyboard");
}

/// Has a case look at every page.
fn on_every_page(case: &'static str) {
    let stage = Stage::dev();
    let tour = pages::tour(&stage).to_string();
    Case::of(case).with("TOUR", &tour).on(&stage);
}

#[test]
fn every_page_is_accessible() {
    on_every_page("accessible");
}

#[test]
fn every_page_is_walked_by_keyboard_alone() {
    on_every_page("by-keyboard");
}

#[test]
fn every_page_is_narrow_and_light_enough() {
    on_every_page("light-weight");
}

/// Has a case do things to objects that are there already.
fn with_objects(case: &'static str) {
    let stage = Stage::dev();
    let furniture = Furniture::of(&stage);
    let objects = json!({
        "key": furniture.key,
        "endpoint": furniture.endpoint,
        "person": furniture.person.id,
    });
    let case = Case::of(case).with("OBJECTS", &objects.to_string());
    case.with("LINK", &owners_link(&stage)).on(&stage);
}

#[test]
fn what_forms_are_answered_with_is_accessible_too() {
    with_objects("answers");
}

#[test]
fn scripts_change_parts_of_pages_in_place() {
    with_objects("in-place");
}

#[test]
fn attempts_to_deliver_are_shown() {
    let stage = Stage::sending();
    let case = Case::of("attempts").with("LINK", &owners_link(&stage));
    case.with("KEY", &stage.said("export KEY=")).on(&stage);
}

#[test]
fn a_second_factor_is_switched_on_and_asked_for() {
    let stage = Stage::dev();
    let case = Case::of("second-factor").with("LINK", &owners_link(&stage));
    case.with("PAGES", &pages::ON_THE_WAY.join(" ")).on(&stage);
}
