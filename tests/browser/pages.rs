//! Every page that the console has, as its own table says, with an object of ours for each parameter.

use org_console::route_table;
use serde_json::{Value, json};

use crate::furniture::Furniture;
use crate::guests::{invite, owners_link};
use crate::stage::{DEMO, Stage};

/// Pages that show themselves only on the way to a second factor, which another case goes.
pub(crate) const ON_THE_WAY: &[&str] = &[
    "/settings/sign-in/code",
    "/settings/account/second-factor/confirm",
    "/settings/account/recovery-codes",
];

/// A file and no page.
const EXPORT: &str = "/settings/audit/export.csv";

/// The tour of the console: who comes in by which link, and which pages they look at.
pub(crate) fn tour(stage: &Stage) -> Value {
    let furniture = Furniture::of(stage);
    let unused = invite(stage, DEMO, ("Tomas Reed", "ADMIN"));
    let secret = unused.link.rsplit('/').next().expect("a secret").to_owned();
    let table = route_table();
    let pages = table.iter().filter(|route| route.method == "GET");
    let pages = pages.filter(|route| route.path != EXPORT && !ON_THE_WAY.contains(&route.path));
    let (open, inside): (Vec<_>, Vec<_>) = pages.partition(|route| route.role.is_none());
    let fill = |routes: Vec<&org_console::Route>| -> Vec<Value> {
        let filled = routes
            .iter()
            .map(|route| fill(route.path, &furniture, &secret));
        filled
            .map(|path| json!({ "path": path, "status": 200 }))
            .collect()
    };
    let missing = json!({ "path": "/settings/no-such-page", "status": 404 });
    let (mut open, mut inside) = (fill(open), fill(inside));
    assert!(open.len() >= 2 && inside.len() >= 25, "{open:?} {inside:?}");
    inside.push(missing.clone());
    inside.push(json!({ "path": "/settings/deliveries?status=SENT", "status": 422 }));
    open.push(json!({ "path": "/settings/link/no-such-link", "status": 404 }));
    json!([
        { "who": "guest", "link": null, "pages": open },
        { "who": "owner", "link": owners_link(stage), "pages": inside },
        { "who": "viewer", "link": furniture.person.link, "pages": for_a_viewer(&furniture) },
        { "who": "beginner", "link": beginner(stage), "pages": empty() },
    ])
}

/// A path with its parameters filled in.
fn fill(path: &str, furniture: &Furniture, secret: &str) -> String {
    let fill = |part: &str| match part {
        "{key}" => furniture.key.clone(),
        "{endpoint}" => furniture.endpoint.clone(),
        "{delivery}" => furniture.delivery.clone(),
        "{id}" => furniture.person.id.clone(),
        "{secret}" => secret.to_owned(),
        other => {
            assert!(!other.starts_with('{'), "say what {other} is in {path}");
            other.to_owned()
        }
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

/// What looks otherwise to somebody who may change nothing.
fn for_a_viewer(furniture: &Furniture) -> Value {
    json!([
        { "path": format!("/settings/keys/{}", furniture.key), "status": 200 },
        { "path": format!("/settings/webhooks/{}", furniture.endpoint), "status": 200 },
        { "path": "/settings/people", "status": 200 },
        { "path": "/settings/people/invite", "status": 403 },
    ])
}

/// The sections of an organization in which nothing happened yet.
fn empty() -> Value {
    let sections = [
        "",
        "/keys",
        "/webhooks",
        "/deliveries",
        "/organization",
        "/people",
        "/audit",
        "/account",
        "/people/leave",
    ];
    let pages = sections.map(|path| json!({ "path": format!("/settings{path}"), "status": 200 }));
    json!(pages)
}

fn beginner(stage: &Stage) -> String {
    stage.command(&["org", "create", "--slug", "new-band", "--name", "New Band"]);
    invite(stage, "new-band", ("Ida Berg", "OWNER")).link
}
