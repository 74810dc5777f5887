//! The first steps of a new user, as README.md has them.

use org_kernel::id::WorkId;
use serde_json::Value;
use tempfile::TempDir;

use crate::command::program;
use crate::folder::folder;
use crate::server::Server;

const README: &str = include_str!("../../README.md");

/// The path that README's first query asks for.
fn readme_path() -> &'static str {
    let query = README.lines().find(|line| line.starts_with("curl -s"));
    let (_, url) = query
        .expect("a query")
        .split_once("http://127.0.0.1:8080")
        .expect("an address");
    url.trim_end_matches('"')
}

/// README's answer to it.
fn readme_answer() -> Value {
    let (_, rest) = README.split_once("```json\n").expect("an answer");
    let (answer, _) = rest.split_once("```").expect("its end");
    serde_json::from_str(answer).expect("JSON")
}

/// Ids and times are the server's own; that they are what they should be is all there is to compare.
fn without_ids_and_times(mut answer: Value) -> Value {
    let work = &mut answer["data"]["items"][0];
    let id = work["id"].take();
    assert!(
        id.as_str().expect("an id").parse::<WorkId>().is_ok(),
        "{id}"
    );
    for time in ["createdAt", "updatedAt"] {
        let time = work[time].take();
        assert!(
            time.as_str().is_some_and(|time| time.ends_with('Z')),
            "{time}"
        );
    }
    answer
}

fn dev(folder: &TempDir) -> Server {
    let mut command = program();
    command
        .args(["dev", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(folder.path().join("data"));
    Server::spawn(command)
}

/// The path of the link that lets the demonstration's owner in.
fn link(server: &Server) -> String {
    let link = server.said("Settings: ");
    let path = link.strip_prefix(&format!("http://{}", server.address()));
    path.expect("a link to this server").to_owned()
}

#[test]
fn every_start_lets_the_demonstrations_owner_in_by_another_link() {
    let folder = folder();
    let server = dev(&folder);
    let first = link(&server);
    assert_eq!(server.client().get(&first, None).status, 200);
    server.signal(rustix::process::Signal::TERM);
    assert!(server.ended_well());
    let server = dev(&folder);
    let second = link(&server);
    assert_ne!(first, second);
    assert_eq!(server.client().get(&second, None).status, 200);
    assert_ne!(server.client().get(&first, None).status, 200);
}

#[test]
fn the_readmes_first_query_gets_the_readmes_answer() {
    let folder = folder();
    let server = dev(&folder);
    let key = server.said("export KEY=");
    let path = readme_path();
    assert!(
        server.said("curl -s").contains(path),
        "the program and README ask the same"
    );
    let answer = server.client().get(path, Some(&key));
    assert_eq!(
        without_ids_and_times(answer.json()),
        without_ids_and_times(readme_answer())
    );
    server.signal(rustix::process::Signal::TERM);
    assert!(server.ended_well());
}
