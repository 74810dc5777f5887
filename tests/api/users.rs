//! Users, from the command line.

use std::process::Output;

use diesel::connection::SimpleConnection;
use org_store::testing::TestDatabase;
use serde_json::{Value, json};

use crate::command::{self, program, run, text};

/// A database with one organization.
struct House(TestDatabase);

impl House {
    fn new() -> Self {
        let house = Self(TestDatabase::fresh());
        house.json(&["org", "create", "--slug", "here", "--name", "Here"]);
        house
    }

    fn url(&self) -> &str {
        self.0.url().as_str()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        command::json(self.url(), arguments)
    }

    fn create(&self, rest: &[&str]) -> Value {
        self.json(&[&["user", "create", "--org", "here"][..], rest].concat())
    }

    fn list(&self) -> Value {
        self.json(&["user", "list", "--org", "here"])
    }

    /// Gives everybody a second factor, sealed under the master key `x`.
    fn enrol(&self) {
        let enrolled = self.0.connection().batch_execute(
            "INSERT INTO webhook_master_key VALUES ('x');
             INSERT INTO second_factors
                 SELECT org_id, id, 'x', 'twelve bytes', 'x', now(), 1 FROM users",
        );
        enrolled.expect("second factors");
    }
}

/// The one line of a refusal, and its status.
fn refusal(output: &Output) -> (String, i32) {
    let said = String::from_utf8(output.stderr.clone()).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(output.stdout.is_empty(), "it printed something");
    (said, output.status.code().expect("it ended by itself"))
}

/// The secret of a link, if it is one to `base`.
fn secret<'a>(link: &'a str, base: &str) -> &'a str {
    let secret = link.strip_prefix(base).expect(link);
    let secret = secret.strip_prefix("/settings/link/").expect(link);
    assert_eq!(secret.len(), 43, "{link}");
    secret
}

#[test]
fn somebody_invited_is_listed_without_their_link() {
    let house = House::new();
    assert_eq!(house.list()["items"], json!([]));
    let made = house.create(&[
        "--email",
        "Ada@Example.org",
        "--role",
        "OWNER",
        "--name",
        "Ada L.",
    ]);
    let link = text(&made, "link");
    let secret = secret(&link, "http://127.0.0.1:8080");
    let listed = house.list();
    assert!(!listed.to_string().contains(secret), "{listed}");
    let [user] = listed["items"].as_array().expect("items").as_slice() else {
        panic!("not one user: {listed}");
    };
    assert_eq!(user["id"], made["id"]);
    assert_eq!(user["email"], "Ada@Example.org");
    assert_eq!(user["name"], "Ada L.");
    assert_eq!(user["role"], "OWNER");
    assert_eq!(user["hasSecondFactor"], false);
    assert_eq!(
        (&user["joinedAt"], &user["lastSignedInAt"]),
        (&Value::Null, &Value::Null)
    );
    let trail = house.json(&["audit", "--org", "here"]);
    let entries = trail["items"].as_array().expect("items");
    let invited = |entry: &&Value| entry["action"] == "user.invited";
    assert_eq!(entries.iter().filter(invited).count(), 1, "{trail}");
    assert!(!trail.to_string().contains(secret), "{trail}");
}

#[test]
fn a_link_leads_to_where_clients_know_the_server() {
    let house = House::new();
    let invite = |variable: &str, value: &str, email: &str| {
        let mut create = program();
        create.env(variable, value);
        create.args(["--json", "--database-url", house.url(), "user", "create"]);
        create.args(["--org", "here", "--role", "VIEWER", "--email", email]);
        let output = create.output().expect("the program runs");
        let made: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        text(&made, "link")
    };
    let public = "https://orchestra.example/api";
    let link = invite("ORG_API_PUBLIC_URL", public, "ada@example.org");
    secret(&link, public);
    let link = invite("ORG_API_LISTEN", "127.0.0.1:9999", "ida@example.org");
    secret(&link, "http://127.0.0.1:9999");
}

#[test]
fn a_new_link_is_another_one_and_a_second_factor_goes_only_if_it_is_said() {
    let house = House::new();
    let made = house.create(&["--email", "ada@example.org", "--role", "ADMIN"]);
    house.enrol();
    let has_second_factor = || house.list()["items"][0]["hasSecondFactor"].clone();
    let link = [
        "user",
        "link",
        "--org",
        "here",
        "--email",
        "ADA@example.org",
    ];
    let other = house.json(&link);
    assert_eq!(other["id"], made["id"]);
    assert_ne!(other["link"], made["link"]);
    assert_eq!(has_second_factor(), true);
    house.json(&[&link[..], &["--reset-second-factor"]].concat());
    assert_eq!(has_second_factor(), false);
    // Its name is what the address has to say.
    assert_eq!(house.list()["items"][0]["name"], "ada");
}

#[test]
fn what_is_wrong_with_a_user_is_said_in_one_line() {
    let house = House::new();
    house.create(&["--email", "ada@example.org", "--role", "OWNER"]);
    let slug = "here";
    let long = "x".repeat(121);
    for (org, email, role, name, expected, status) in [
        (
            "nowhere",
            "ida@example.org",
            "ADMIN",
            "Ida",
            "--org: there is no organization nowhere",
            1,
        ),
        (
            "No Where",
            "ida@example.org",
            "ADMIN",
            "Ida",
            "--org: \"No Where\" must",
            2,
        ),
        (
            slug,
            "ida",
            "ADMIN",
            "Ida",
            "--email: \"ida\" must be an e-mail address",
            2,
        ),
        (
            slug,
            "",
            "ADMIN",
            "Ida",
            "--email: \"\" must not be empty",
            2,
        ),
        (
            slug,
            "ADA@example.ORG",
            "ADMIN",
            "Ida",
            "--email: here has a user ADA",
            1,
        ),
        (
            slug,
            "ida@example.org",
            "BOSS",
            "Ida",
            "--role: \"BOSS\" must be",
            2,
        ),
        (
            slug,
            "ida@example.org",
            "ADMIN",
            " ",
            "--name: \" \" must not be empty",
            2,
        ),
        (slug, "ida@example.org", "ADMIN", &long, "--name: \"xxx", 2),
    ] {
        let user = [
            "--org", org, "--email", email, "--role", role, "--name", name,
        ];
        let refused = run(house.url(), &[&["user", "create"][..], &user].concat());
        let (line, found) = refusal(&refused);
        assert!(line.starts_with(expected), "{line}");
        assert_eq!(found, status, "{line}");
    }
    for (org, email, expected, status) in [
        (
            "nowhere",
            "ada@example.org",
            "--org: there is no organization nowhere",
            1,
        ),
        (
            slug,
            "ida@example.org",
            "--email: here has no user ida@example.org",
            1,
        ),
        (
            slug,
            "ida@",
            "--email: \"ida@\" must be an e-mail address",
            2,
        ),
    ] {
        let refused = run(
            house.url(),
            &["user", "link", "--org", org, "--email", email],
        );
        let (line, found) = refusal(&refused);
        assert!(line.starts_with(expected), "{line}");
        assert_eq!(found, status, "{line}");
    }
    assert_eq!(house.list()["items"].as_array().map(Vec::len), Some(1));
}

/// As it does where webhooks have secrets.
#[test]
fn a_server_with_second_factors_alone_does_not_serve_without_their_key() {
    let house = House::new();
    house.create(&["--email", "ada@example.org", "--role", "OWNER"]);
    house.enrol();
    let (line, status) = refusal(&run(house.url(), &["serve", "--listen", "127.0.0.1:0"]));
    let expected = "master key: secrets are stored, sealed under the master key x, and no key";
    assert!(line.starts_with(expected), "{line}");
    assert_eq!(status, 1, "{line}");
}
