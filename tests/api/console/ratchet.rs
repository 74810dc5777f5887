//! The ratchet: every page and every form with nobody signed in, with too small a role, with the objects
//! of another organization, and with a form that is not one of ours.
//!
//! The routes come from the console's own table, so a new one is covered from its first day, and one
//! whose path names an object fails here until it is told what to be wrong about.

use org_auth::user::Role;
use org_console::{Route, route_table};

use super::browser::{Browser, html};
use super::house::{House, token};
use super::objects::{Objects, email_of_owner};
use crate::client::Answer;
use crate::counting::count;

const HERE: &str = "here-orchestra";
const THERE: &str = "there-orchestra";

/// Everybody of one organization, and its objects.
struct Side {
    owner: Browser,
    admin: Browser,
    viewer: Browser,
    objects: Objects,
}

impl Side {
    fn of(house: &House, slug: &str) -> Self {
        let join = |name: &str, role| house.join(slug, &format!("{name}@{slug}.example.org"), role);
        let owner = house.join(slug, &email_of_owner(slug), "OWNER");
        Self {
            objects: Objects::of(house, slug, &owner),
            admin: join("admin", "ADMIN"),
            viewer: join("viewer", "VIEWER"),
            owner,
        }
    }

    /// Who may do just this.
    fn of_role(&self, role: Role) -> &Browser {
        match role {
            Role::Owner => &self.owner,
            Role::Admin => &self.admin,
            Role::Viewer => &self.viewer,
        }
    }

    /// Whose role is just too small, if there is one.
    fn too_small_for(&self, role: Role) -> Option<&Browser> {
        match role {
            Role::Owner => Some(&self.admin),
            Role::Admin => Some(&self.viewer),
            Role::Viewer => None,
        }
    }
}

/// Sends a request as a page of ours would, but for what it says.
fn ask(browser: &Browser, method: &str, path: &str) -> Answer {
    if method == "GET" {
        return browser.get(path);
    }
    let session = browser.cookie("org_api_session").unwrap_or_default();
    let token = token(&session, path);
    browser.post(path, &[("token", &token)], Some(&browser.origin()))
}

fn is_page(answer: &Answer, status: u16, heading: &str, what: &str) {
    let page = html(answer);
    assert_eq!(answer.status, status, "{what}: {page}");
    assert!(
        page.contains(&format!("<h1>{heading}</h1>")),
        "{what}: {page}"
    );
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8"),
        "{what}"
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
}

/// How much there is of everything that actions write, and how much of it the trail tells.
fn written(house: &House) -> i64 {
    let tables = [
        "audit_log",
        "users",
        "sign_in_links",
        "console_sessions",
        "second_factors",
        "recovery_codes",
        "api_keys",
        "webhook_endpoints",
        "webhook_deliveries",
    ];
    let counts = tables.map(|table| format!("(SELECT count(*) FROM {table})"));
    let query = format!("SELECT {} AS count", counts.join(" + "));
    count(&mut house.connection(), &query)
}

fn for_signed_in() -> Vec<(Route, Role)> {
    let routes = route_table().into_iter();
    let routes: Vec<_> = routes
        .filter_map(|route| route.role.map(|role| (route, role)))
        .collect();
    assert!(routes.len() >= 60, "{}", routes.len());
    routes
}

#[test]
fn nobody_is_led_to_the_door() {
    let house = House::new();
    let side = Side::of(&house, HERE);
    let before = written(&house);
    for (route, _) in for_signed_in() {
        let (browser, path) = (house.stranger(), side.objects.path(route.path));
        let answer = ask(&browser, &route.method, &path);
        let expected = match route.method.as_str() {
            "GET" => format!("/settings/sign-in?next={}", path.replace('/', "%2F")),
            _ => "/settings/sign-in".to_owned(),
        };
        assert_eq!(answer.status, 303, "{route:?}");
        assert_eq!(
            answer.header("location"),
            Some(expected.as_str()),
            "{route:?}"
        );
        assert!(answer.body.is_empty(), "{route:?}");
    }
    assert_eq!(written(&house), before);
}

#[test]
fn too_small_a_role_is_told_so() {
    let house = House::new();
    let side = Side::of(&house, HERE);
    let before = written(&house);
    let mut refused = 0;
    for (route, role) in for_signed_in() {
        let Some(browser) = side.too_small_for(role) else {
            continue;
        };
        let path = side.objects.path(route.path);
        let answer = ask(browser, &route.method, &path);
        is_page(
            &answer,
            403,
            "Your role does not allow this",
            &format!("{route:?}"),
        );
        refused += 1;
    }
    assert!(refused >= 30, "{refused}");
    assert_eq!(written(&house), before);
}

#[test]
fn what_another_organization_has_does_not_exist() {
    let house = House::new();
    let here = Side::of(&house, HERE);
    let there = Side::of(&house, THERE);
    let before = written(&house);
    let mut asked = 0;
    for (route, role) in for_signed_in() {
        if !route.path.contains('{') {
            continue;
        }
        let theirs = there.objects.path(route.path);
        let answer = ask(here.of_role(role), &route.method, &theirs);
        is_page(&answer, 404, "There is no such page", &format!("{route:?}"));
        let nothing = unknown(&theirs);
        let unknown = ask(here.of_role(role), &route.method, &nothing);
        assert_eq!(
            without_request(&answer),
            without_request(&unknown),
            "{route:?}"
        );
        asked += 1;
    }
    assert!(asked >= 30, "{asked}");
    assert_eq!(written(&house), before);
}

#[test]
fn a_form_that_is_not_ours_does_nothing() {
    let house = House::new();
    let side = Side::of(&house, HERE);
    let before = written(&house);
    let mut sent = 0;
    for route in route_table()
        .into_iter()
        .filter(|route| route.method == "POST")
    {
        let browser = match route.role {
            Some(role) => side.of_role(role),
            None => &side.owner,
        };
        let path = side.objects.path(&route.path.replace("{secret}", "none"));
        let cookie = match route.role {
            Some(_) => "org_api_session",
            None => "org_api_visit",
        };
        let secret = browser.cookie(cookie).expect("a cookie");
        let (good, ours) = (token(&secret, &path), browser.origin());
        let elsewhere = token(&secret, "/settings/elsewhere");
        let stranger = token("another browser's secret", &path);
        for (fields, origin) in [
            (&[][..], Some(ours.as_str())),
            (&[("token", "")], Some(&ours)),
            (&[("token", elsewhere.as_str())], Some(&ours)),
            (&[("token", stranger.as_str())], Some(&ours)),
            (&[("token", good.as_str())], None),
            (&[("token", good.as_str())], Some("null")),
            (&[("token", good.as_str())], Some("https://evil.example")),
        ] {
            let answer = browser.post(&path, fields, origin);
            let what = format!("{route:?} {fields:?} {origin:?}");
            is_page(&answer, 403, "This form is out of date", &what);
        }
        sent += 1;
    }
    assert!(sent >= 30, "{sent}");
    assert_eq!(written(&house), before);
}

#[test]
fn every_page_is_there_for_who_may_see_it() {
    let house = House::new();
    let side = Side::of(&house, HERE);
    for (route, role) in for_signed_in() {
        if route.method != "GET" {
            continue;
        }
        let path = side.objects.path(route.path);
        let answer = side.of_role(role).get(&path);
        // Without a second factor that waits to be confirmed, there is nothing to confirm.
        let expected = match route.path {
            "/settings/account/second-factor/confirm" => 303,
            _ => 200,
        };
        assert_eq!(answer.status, expected, "{route:?}: {}", html(&answer));
    }
}

/// The same path with ids that nobody has.
fn unknown(path: &str) -> String {
    let part = |part: &str| match part.split_once('_') {
        Some((kind, id)) if id.len() == 26 => format!("{kind}_00000000000000000000000001"),
        _ => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// A page but for what tells two requests apart.
fn without_request(answer: &Answer) -> String {
    let page = html(answer);
    let lines = page.lines().filter(|line| !line.contains("request "));
    lines.collect::<Vec<_>>().join("\n")
}
