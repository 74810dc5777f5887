//! A cluster of another version of PostgreSQL.

use std::fs;

use org_embedded_postgres::{Settings, start};

use super::refusal;
use crate::command::{program, run};
use crate::folder::folder;

#[test]
fn a_cluster_of_another_version_is_refused_with_the_command_that_helps() {
    let folder = folder();
    let data = folder.path().join("data");
    let cluster = start(&Settings::new(&data)).expect("a cluster");
    cluster.stop().expect("it stops");
    fs::write(data.join("data/PG_VERSION"), "9999\n").expect("another version");
    let mut serve = program();
    serve
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(&data);
    let line = refusal(&serve.output().expect("it runs"));
    assert!(
        line.contains("PostgreSQL 9999") && line.contains("`org-api upgrade`"),
        "{line}"
    );
    let mut upgrade = program();
    upgrade.args(["upgrade", "--data-dir"]).arg(&data);
    let line = refusal(&upgrade.output().expect("it runs"));
    assert!(line.contains("install that version"), "{line}");
}

#[test]
fn an_upgrade_is_for_the_embedded_database() {
    let output = run("postgres://nobody@127.0.0.1:1/x", &["upgrade"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("is for the embedded database"), "{said}");
}
