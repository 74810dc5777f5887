//! Which programs are chosen, over folders that hold scripts in their place.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use super::{Search, made_by, parse_major};
use crate::StartError;

/// A machine of its own: `path` is its `PATH`, `versions` where its packages go.
struct Machine {
    root: TempDir,
}

impl Machine {
    fn new() -> Self {
        Self {
            root: TempDir::new().unwrap(),
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.root.path()).unwrap().join(name)
    }

    /// A folder with server programs that call themselves `version`.
    fn install(&self, folder: &str, version: &str) -> PathBuf {
        let dir = self.at(folder);
        script(
            &dir,
            "postgres",
            &format!("echo 'postgres (PostgreSQL) {version} (Test)'"),
        );
        script(&dir, "initdb", "exit 1");
        dir
    }

    fn search(&self) -> Search {
        Search {
            bin_dir: None,
            path: Some(env::join_paths([self.at("first"), self.at("second")]).unwrap()),
            installations: vec![(self.at("versions"), "pg-")],
        }
    }

    fn found(&self, made_by: Option<u32>) -> Result<PathBuf, String> {
        let found = self.search().find(Path::new("/base"), made_by);
        found
            .map(|binaries| binaries.dir)
            .map_err(|error| error.to_string())
    }
}

/// Written by another process, because one that this process had open for writing could not be run
/// while a neighbouring test forks.
fn script(dir: &Path, name: &str, body: &str) {
    fs::create_dir_all(dir).unwrap();
    let write = r#"printf '#!/bin/sh\n%s\n' "$1" > "$0" && chmod +x "$0""#;
    let status = Command::new("/bin/sh")
        .args(["-c", write])
        .arg(dir.join(name))
        .arg(body)
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn without_any_the_remedies_are_named_in_one_line() {
    let error = Machine::new().found(None).unwrap_err();
    for remedy in [
        "apt install postgresql",
        "brew install postgresql",
        "PG_BIN_DIR",
        "DATABASE_URL",
    ] {
        assert!(error.contains(remedy), "{remedy} is missing in: {error}");
    }
    assert_eq!(error.lines().count(), 1);
}

#[test]
fn the_newest_package_is_taken() {
    let machine = Machine::new();
    machine.install("versions/pg-9/bin", "9.6.24");
    let newest = machine.install("versions/pg-17/bin", "17.2");
    machine.install("versions/pg-16/bin", "16.6");
    assert_eq!(machine.found(None), Ok(newest));
}

#[test]
fn the_path_goes_before_packages() {
    let machine = Machine::new();
    machine.install("versions/pg-17/bin", "17.2");
    let on_path = machine.install("second", "16.6");
    assert_eq!(machine.found(None), Ok(on_path));
}

#[test]
fn what_pg_config_says_goes_before_the_path() {
    let machine = Machine::new();
    machine.install("second", "16.6");
    let configured = machine.install("elsewhere", "15.1");
    script(
        &machine.at("first"),
        "pg_config",
        &format!("echo '{}'", configured.display()),
    );
    assert_eq!(machine.found(None), Ok(configured));
}

#[test]
fn an_installation_of_the_client_alone_is_passed_over() {
    let machine = Machine::new();
    let server = machine.install("versions/pg-17/bin", "17.2");
    script(
        &machine.at("first"),
        "pg_config",
        &format!("echo '{}'", machine.at("client").display()),
    );
    script(&machine.at("client"), "psql", "exit 0");
    assert_eq!(machine.found(None), Ok(server));
}

#[test]
fn links_are_followed_to_where_the_libraries_are() {
    let machine = Machine::new();
    let real = machine.install("opt/bin", "17.2");
    fs::create_dir(machine.at("first")).unwrap();
    std::os::unix::fs::symlink(real.join("initdb"), machine.at("first").join("initdb")).unwrap();
    assert_eq!(machine.found(None), Ok(real));
}

#[test]
fn too_old_a_version_is_named_with_its_folder() {
    let machine = Machine::new();
    let old = machine.install("second", "14.15");
    let error = machine.search().find(Path::new("/base"), None).unwrap_err();
    assert!(
        matches!(&error, StartError::TooOld { dir, major: 14 } if *dir == old),
        "{error}"
    );
}

#[test]
fn too_old_a_version_does_not_hide_a_good_one() {
    let machine = Machine::new();
    machine.install("first", "14.15");
    let good = machine.install("second", "15.0");
    assert_eq!(machine.found(None), Ok(good));
}

#[test]
fn data_are_served_by_the_version_that_made_them() {
    let machine = Machine::new();
    machine.install("versions/pg-17/bin", "17.2");
    let same = machine.install("versions/pg-16/bin", "16.6");
    assert_eq!(machine.found(Some(16)), Ok(same));
}

#[test]
fn data_of_a_version_that_is_gone_are_not_given_to_another() {
    let machine = Machine::new();
    machine.install("versions/pg-17/bin", "17.2");
    let error = machine
        .search()
        .find(Path::new("/base"), Some(16))
        .unwrap_err();
    assert!(
        matches!(&error, StartError::OtherMajor { base, major: 16 } if base == Path::new("/base")),
        "{error}"
    );
}

#[test]
fn a_given_folder_is_the_only_one() {
    let machine = Machine::new();
    machine.install("first", "17.2");
    let given = machine.install("given", "15.3");
    let search = Search {
        bin_dir: Some(given.clone()),
        ..machine.search()
    };
    assert_eq!(search.find(Path::new("/base"), None).unwrap().dir, given);
}

#[test]
fn a_given_folder_without_the_programs_is_named() {
    let machine = Machine::new();
    machine.install("first", "17.2");
    script(
        &machine.at("given"),
        "postgres",
        "echo 'postgres (PostgreSQL) 17.2'",
    );
    let search = Search {
        bin_dir: Some(machine.at("given")),
        ..machine.search()
    };
    let error = search.find(Path::new("/base"), None).unwrap_err();
    assert!(
        matches!(&error, StartError::NotABinDir { program: "initdb", dir } if *dir == machine.at("given")),
        "{error}"
    );
}

#[test]
fn versions_are_read_in_every_form() {
    assert_eq!(
        parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
        Some(15)
    );
    assert_eq!(parse_major("postgres (PostgreSQL) 18beta1"), Some(18));
    assert_eq!(parse_major("postgres (PostgreSQL) 19devel\n"), Some(19));
    assert_eq!(parse_major("postgres: command not found"), None);
}

#[test]
fn data_tell_who_made_them() {
    let machine = Machine::new();
    assert_eq!(made_by(&machine.at("data")).unwrap(), None);
    fs::create_dir(machine.at("data")).unwrap();
    fs::write(machine.at("data").join("PG_VERSION"), "15\n").unwrap();
    assert_eq!(made_by(&machine.at("data")).unwrap(), Some(15));
}
