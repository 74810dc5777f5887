//! Folders that need care, because their path is long or odd or something is in them already.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use org_embedded_postgres::{Settings, StartError, start};

use crate::support::{Holder, fast, holder, kill, scratch, server_pid, sql};

fn answers(base: &Path) {
    let cluster = fast(base);
    assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
    cluster.stop().unwrap();
}

fn socket_elsewhere(base: &Path) -> PathBuf {
    fs::read_to_string(base.join("socket-is-in"))
        .unwrap()
        .into()
}

#[test]
fn a_path_that_is_too_long_for_a_socket_gets_one_elsewhere_for_as_long_as_it_is_used() {
    let parent = scratch();
    let base = parent.path().join("x".repeat(110));
    let first = Holder::start(&base);
    let second = Holder::start(&base);
    assert_eq!(sql(&second.url, "SELECT 1"), Ok("1".into()));

    let dir = socket_elsewhere(&base);
    assert!(dir.starts_with("/tmp"));
    assert_eq!(
        fs::metadata(&dir).unwrap().permissions().mode() & 0o777,
        0o700
    );

    first.leave();
    second.leave();
    assert!(!dir.exists());
}

#[test]
fn a_socket_elsewhere_stays_in_its_place_when_the_server_is_killed() {
    let parent = scratch();
    let base = parent.path().join("x".repeat(110));
    let user = Holder::start(&base);
    kill(server_pid(&base));
    let next = Holder::start(&base);
    assert_eq!(next.url, user.url);
    next.leave();
    user.leave();
}

/// Past 103 bytes there are systems that cut an address off, though this may not be one of them.
#[test]
fn the_longest_path_that_fits_a_socket_everywhere_is_used() {
    let parent = scratch();
    let taken = parent.path().join("socket/.s.PGSQL.5432").as_os_str().len() + 1;
    for (length, elsewhere) in [(103 - taken, false), (104 - taken, true)] {
        let base = parent.path().join("x".repeat(length));
        let cluster = fast(&base);
        assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
        assert_eq!(base.join("socket-is-in").exists(), elsewhere);
    }
}

#[test]
fn odd_characters_in_a_path_do_no_harm() {
    let parent = scratch();
    answers(
        &parent
            .path()
            .join(r#"a "quoted" 'name' & 100% Ünïcode\ $HOME"#),
    );
}

/// To libpq a comma separates two hosts.
#[test]
fn a_comma_in_a_path_does_no_harm() {
    let parent = scratch();
    answers(&parent.path().join("one,two"));
}

#[test]
fn a_relative_path_does_no_harm() {
    let parent = scratch();
    let mut command = holder(Path::new("here"));
    let holder = Holder::await_url(command.current_dir(&parent).spawn().unwrap());
    assert_eq!(sql(&holder.url, "SELECT 1"), Ok("1".into()));
    holder.leave();
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_as_it_was() {
    let dir = scratch();
    fs::write(dir.path().join("letter"), "dear").unwrap();
    let error = start(&Settings::new(dir.path())).unwrap_err();
    assert!(matches!(&error, StartError::NotOurs(_)), "{error}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn programs_that_are_not_there_are_reported_before_anything_is_made() {
    let base = scratch();
    let settings = Settings {
        bin_dir: Some("/nowhere".into()),
        ..Settings::new(base.path())
    };
    let error = start(&settings).unwrap_err();
    assert!(
        matches!(&error, StartError::NotABinDir { dir, .. } if dir == Path::new("/nowhere")),
        "{error}"
    );
    assert!(!base.path().join("data").exists());
    assert!(!base.path().join("data.new").exists());
}

#[test]
fn a_server_that_does_not_start_says_why() {
    let base = scratch();
    fast(base.path()).stop().unwrap();
    fs::remove_file(base.path().join("data/global/pg_control")).unwrap();
    let error = start(&Settings::new(base.path())).unwrap_err();
    assert!(
        matches!(&error, StartError::Ended { reason, .. } if reason.contains("could not")),
        "{error}"
    );
    assert_eq!(error.to_string().lines().count(), 1);
}
