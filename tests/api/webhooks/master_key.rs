//! The master key that a setting gives.

use org_embedded_postgres::{APPLICATION_DATABASE, Durability, Settings, start};

use super::{KEY, OTHER_KEY, Office, one_line};
use crate::command::program;
use crate::folder::folder;
use crate::server::Server;

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

const SEALED_UNDER: &str = "SELECT DISTINCT key_id AS line FROM webhook_endpoint_secrets";

#[test]
fn a_wrong_key_or_none_stops_the_server_before_it_serves() {
    let office = Office::new();
    office.endpoint("here");
    let sealed_under = office.lines(SEALED_UNDER).remove(0);
    let expected =
        format!("master key: secrets are stored, sealed under the master key {sealed_under}");
    for variables in [&[][..], &[("ORG_API_MASTER_KEY", OTHER_KEY)]] {
        let (line, status) = one_line(&office.run_with(variables, &SERVE));
        assert!(line.starts_with(&expected), "{line}");
        assert_eq!(status, 1, "{line}");
    }
    let mut right = program();
    right.env("ORG_API_MASTER_KEY", KEY).args(SERVE);
    right.args(["--database-url", office.url()]);
    let server = Server::spawn(right);
    assert_eq!(server.client().get("/readyz", None).status, 200);
}

#[test]
fn a_wrong_key_makes_no_secret_that_nobody_opens() {
    let office = Office::new();
    let (id, _) = office.endpoint("here");
    let before = office.lines(SEALED_UNDER);
    let variables = [("ORG_API_MASTER_KEY", OTHER_KEY)];
    let (line, _) = one_line(&office.run_with(&variables, &["webhook", "rotate", &id]));
    assert!(
        line.starts_with("master key: secrets are stored, "),
        "{line}"
    );
    assert_eq!(office.lines(SEALED_UNDER), before);
}

#[test]
fn without_a_key_all_works_but_what_needs_one() {
    let office = Office::without_a_key();
    let server = Server::start(office.url());
    assert_eq!(server.client().get("/readyz", None).status, 200);
    let create = ["webhook", "create", "--org", "here"];
    let rest = ["--url", "https://hooks.example/", "--event", "tour.updated"];
    let (line, status) = office.refusal(&[&create[..], &rest].concat());
    assert!(line.contains("ORG_API_MASTER_KEY"), "{line}");
    assert!(line.contains("org-api master-key generate"), "{line}");
    assert_eq!(status, 1);

    let office = office.with(&[("ORG_API_MASTER_KEY", KEY)]);
    let (id, _) = office.endpoint("here");
    let office = office.with(&[]);
    let listed = office.json(&["webhook", "list", "--org", "here"]);
    assert_eq!(listed["items"][0]["id"], id.as_str());
    office.json(&["webhook", "disable", &id]);
}

#[test]
fn every_key_that_is_generated_is_another_one_that_works() {
    let generate = || {
        let output = program().args(["master-key", "generate"]).output();
        let output = output.expect("the program runs");
        assert!(output.status.success() && output.stderr.is_empty());
        let text = String::from_utf8(output.stdout).expect("text");
        text.strip_suffix('\n').expect("a line").to_owned()
    };
    let (one, other) = (generate(), generate());
    assert_ne!(one, other);
    let office = Office::without_a_key().with(&[("ORG_API_MASTER_KEY", &one)]);
    office.endpoint("here");
}

/// The key cannot be looked at before the database is there.
#[test]
fn a_wrong_key_stops_a_server_whose_database_came_after_it() {
    let folder = folder();
    let base = folder.path().join("cluster");
    let settings = Settings::new(&base).durability(Durability::ForTests);
    let running = start(&settings).expect("a cluster starts");
    let url = running.url(APPLICATION_DATABASE);
    let create = |arguments: &[&str]| {
        let mut create = program();
        create.env("ORG_API_MASTER_KEY", KEY);
        let create = create.args(["--database-url", &url]).args(arguments);
        let done = create.output().expect("the program runs");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {said}");
    };
    create(&["org", "create", "--slug", "here", "--name", "Here"]);
    let endpoint = ["--url", "https://hooks.example/", "--event", "tour.updated"];
    create(&[&["webhook", "create", "--org", "here"][..], &endpoint].concat());
    running.stop().expect("the cluster stops");

    let mut wrong = program();
    wrong.env("ORG_API_MASTER_KEY", OTHER_KEY).args(SERVE);
    wrong.args(["--database-url", &url]);
    let server = Server::spawn(wrong);
    assert_eq!(server.client().get("/readyz", None).status, 503);
    let running = start(&settings).expect("the cluster starts again");
    server.until_it_says("secrets are stored, sealed under the master key");
    assert!(!server.ended_well(), "it ended as if nothing was wrong");
    running.stop().expect("the cluster stops");
}
