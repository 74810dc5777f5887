//! Which database is backed up, and how it is gone to.

use std::fs;

use org_store::testing::TestDatabase;

use super::rows::dumped;
use super::{done, embedded, refusal};
use crate::command::{program, run};
use crate::folder::folder;

#[test]
fn where_there_is_nothing_to_back_up_nothing_is_made() {
    let folder = folder();
    let (data, file) = (folder.path().join("data"), folder.path().join("backup"));
    let line = refusal(&embedded(&data, "backup", &file).output().expect("it runs"));
    assert!(line.contains("holds no database"), "{line}");
    let url = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1";
    let arguments = ["backup", file.to_str().expect("UTF-8")];
    let line = refusal(&run(url, &arguments));
    assert!(line.contains("pg_dump"), "{line}");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_backup_goes_to_the_database_as_the_server_does() {
    let folder = folder();
    let file = folder.path().join("backup");
    let name = file.to_str().expect("UTF-8");
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    let (place, rest) = url.rsplit_once("/test_").expect("the URL of a test");
    let end = rest.find('?').unwrap_or(rest.len());
    let nameless = format!("{place}/{}", &rest[end..]);
    let mut backup = program();
    backup.args(["--json", "--database-url", &nameless, "backup", name]);
    backup.env("PGDATABASE", format!("test_{}", &rest[..end]));
    // Words in colours would not be understood.
    backup.env("PG_COLOR", "always");
    done(&backup.output().expect("it runs"));
    assert!(dumped(&file).contains_key("webhook_endpoints"));
}

#[test]
fn a_url_with_a_secret_that_would_be_shown_is_refused() {
    let folder = folder();
    let file = folder.path().join("backup");
    let url = "postgres://nobody@127.0.0.1:1/x?sslpassword=rose";
    let line = refusal(&run(url, &["backup", file.to_str().expect("UTF-8")]));
    assert!(line.contains("`sslpassword`"), "{line}");
    assert!(!line.contains("rose"), "{line}");
}
