//! Upgrades from a version to the same: all that there is to an upgrade but for the other number. And what
//! is refused, and what is left by those who are killed.

use std::{fs::Permissions, os::unix::fs::PermissionsExt, process::Command};

use tempfile::TempDir;

use super::*;
use crate::{Cluster, Durability, start};

/// A folder that PostgreSQL's user can enter.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o711)).unwrap();
    dir
}

fn settings(base: &Path) -> Settings {
    Settings::new(base).durability(Durability::ForTests)
}

/// What `psql` answers to a statement.
fn sql(cluster: &Cluster, statement: &str) -> String {
    let tools = Search::of_this_machine(None).find(Path::new("."), None);
    let output = Command::new(tools.unwrap().program("psql"))
        .args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement, "-d"])
        .arg(cluster.url(APPLICATION_DATABASE))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

/// A cluster with something in it, which nobody uses.
fn filled(base: &Path) {
    let cluster = start(&settings(base)).unwrap();
    sql(
        &cluster,
        "CREATE EXTENSION pg_trgm; CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) n; \
         CREATE INDEX ON kept USING gin ((n::text) gin_trgm_ops)",
    );
    cluster.stop().unwrap();
}

fn sum(base: &Path) -> String {
    let cluster = start(&settings(base)).unwrap();
    let sum = sql(&cluster, "SELECT sum(n) FROM kept");
    cluster.stop().unwrap();
    sum
}

fn to_the_same(base: &Path) -> Result<Upgraded, UpgradeError> {
    upgrade_with(&settings(base), |search, from| {
        search.find(base, Some(from)).map(Some)
    })
}

fn names(base: &Path) -> Vec<String> {
    let entries = fs::read_dir(base).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names
        .filter(|name| name.starts_with("data") || name.starts_with("upgrade"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_database_goes_over_and_the_old_one_is_kept() {
    let dir = folder();
    let base = &dir.path().join("base");
    filled(base);
    let before = fs::metadata(base.join("data/PG_VERSION"))
        .unwrap()
        .modified()
        .unwrap();
    let upgraded = to_the_same(base).unwrap();
    let kept = fs::metadata(upgraded.old_data.join("PG_VERSION")).unwrap();
    assert_eq!(kept.modified().unwrap(), before, "the old cluster made way");
    let aside = upgraded.old_data.file_name().unwrap().to_str().unwrap();
    assert_eq!(names(base), ["data", aside]);
    assert_eq!(sum(base), "500500");
    let again = to_the_same(base).unwrap();
    assert_ne!(again.old_data, upgraded.old_data);
    assert_eq!(sum(base), "500500");
}

#[test]
fn a_cluster_in_use_is_left_alone() {
    let dir = folder();
    let base = &dir.path().join("base");
    let cluster = start(&settings(base)).unwrap();
    let refused = to_the_same(base).unwrap_err();
    assert!(matches!(refused, UpgradeError::InUse(_)), "{refused}");
    assert_eq!(sql(&cluster, "SELECT 1"), "1");
    cluster.stop().unwrap();
}

#[test]
fn where_there_is_nothing_newer_nothing_changes() {
    let dir = folder();
    let base = &dir.path().join("base");
    filled(base);
    let none = |_: &Search, _| Ok(None);
    let refused = upgrade_with(&settings(base), none).unwrap_err();
    assert!(
        matches!(refused, UpgradeError::NothingNewer { .. }),
        "{refused}"
    );
    assert_eq!(names(base), ["data"]);
    assert_eq!(sum(base), "500500");
}

#[test]
fn a_folder_without_a_cluster_stays_without_one() {
    let dir = folder();
    for base in [dir.path().join("none"), dir.path().join("empty")] {
        let refused = to_the_same(&base).unwrap_err();
        assert!(matches!(refused, UpgradeError::NoCluster(_)), "{refused}");
        assert!(!base.exists());
    }
}

#[test]
fn a_cluster_of_a_version_that_is_not_here_is_refused_with_the_command() {
    let dir = folder();
    let base = &dir.path().join("base");
    filled(base);
    let version = base.join("data/PG_VERSION");
    let right = fs::read_to_string(&version).unwrap();
    fs::write(&version, "9999\n").unwrap();
    let refused = start(&settings(base)).unwrap_err().to_string();
    assert!(
        refused.contains("PostgreSQL 9999") && refused.contains("`org-api upgrade`"),
        "{refused}"
    );
    assert_eq!(refused.lines().count(), 1);
    let refused = to_the_same(base).unwrap_err().to_string();
    assert!(refused.contains("install that version"), "{refused}");
    fs::write(&version, right).unwrap();
    assert_eq!(sum(base), "500500");
}

#[test]
fn an_upgrade_that_was_killed_while_it_filled_the_new_cluster_is_forgotten() {
    let dir = folder();
    let base = &dir.path().join("base");
    filled(base);
    // As it is left in the worst moment: with a server on the new cluster, and the dump.
    let site = Site::locate(Base::claim(base).unwrap()).unwrap();
    let log = log::try_lock(&site.base().log()).unwrap().unwrap();
    server::launch(&settings(base), &mut site.with_data(IN_UPGRADE), log).unwrap();
    fs::write(dump_of(&site), "half of a dump").unwrap();
    assert_eq!(sum(base), "500500");
    assert_eq!(names(base), ["data"]);
}

#[test]
fn an_upgrade_that_was_killed_while_they_changed_places_is_ended() {
    let dir = folder();
    let base = &dir.path().join("base");
    filled(base);
    let (data, upgraded) = (base.join("data"), base.join(UPGRADED));
    fs::rename(&data, &upgraded).unwrap();
    assert_eq!(sum(base), "500500");
    assert_eq!(names(base), ["data"]);
    fs::create_dir(&upgraded).unwrap();
    assert_eq!(
        sum(base),
        "500500",
        "the old cluster counts until it has made way"
    );
    assert_eq!(names(base), ["data"]);
}
