//! What the paths of the console name.

use super::browser::{Browser, html};
use super::house::House;
use crate::command::text;

/// An object of each kind, all of one organization.
pub(super) struct Objects {
    key: String,
    endpoint: String,
    delivery: String,
    user: String,
    session: String,
}

impl Objects {
    /// Makes them for an organization, in whose name `owner` is signed in.
    pub(super) fn of(house: &House, slug: &str, owner: &Browser) -> Self {
        let scope = "org:read:operations";
        let key = house.run(&[
            "key", "create", "--org", slug, "--name", "k", "--scope", scope,
        ]);
        let hook = "https://hooks.example.org/in";
        let mut create = vec!["webhook", "create", "--org", slug, "--url", hook];
        create.extend(["--event", "production.created"]);
        let endpoint = house.run(&create);
        let endpoint = text(&endpoint, "id");
        let delivery = house.run(&["webhook", "test", &endpoint]);
        let email = format!("v@{slug}.example.org");
        let mut create = vec!["user", "create", "--org", slug, "--email", &email];
        create.extend(["--role", "VIEWER"]);
        let viewer = house.run(&create);
        Self {
            key: text(&key, "id"),
            endpoint,
            delivery: text(&delivery, "id"),
            user: text(&viewer, "id"),
            session: session_of(house, slug, owner),
        }
    }

    /// The path with these objects wherever an id goes.
    pub(super) fn path(&self, path: &str) -> String {
        let filled = path
            .replace("{key}", &self.key)
            .replace("{endpoint}", &self.endpoint)
            .replace("{delivery}", &self.delivery)
            .replace("{session}", &self.session);
        let filled = if filled.contains("/people/") {
            filled.replace("{id}", &self.user)
        } else {
            filled
        };
        assert!(!filled.contains('{'), "say here what {filled} names");
        filled
    }
}

/// Another session of the owner, which can be ended from this one.
fn session_of(house: &House, slug: &str, owner: &Browser) -> String {
    let elsewhere = house.sign_in(slug, &email_of_owner(slug));
    assert_eq!(elsewhere.get("/settings").status, 200);
    let page = html(&owner.get("/settings/account"));
    let mut found = page.split("/settings/account/sessions/ses_").skip(1);
    let id = found.next().and_then(|rest| rest.split('/').next());
    format!("ses_{}", id.expect("another session"))
}

/// The address of the owner of an organization.
pub(super) fn email_of_owner(slug: &str) -> String {
    format!("owner@{slug}.example.org")
}
