//! Folders that need care: whose path is long or odd, and which PostgreSQL's user cannot enter.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use org_embedded_postgres::{Settings, StartError, start};
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Holder, fast, holder, is_root, kill, scratch, server_pid, skip, sql};

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

#[test]
fn the_longest_path_that_fits_a_socket_is_used() {
    let parent = scratch();
    let room = 103 - "/socket/.s.PGSQL.5432".len() - parent.path().as_os_str().len() - "/".len();
    let base = parent.path().join("x".repeat(room));
    let cluster = fast(&base);
    assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
    assert!(!base.join("socket-is-in").exists());
    cluster.stop().unwrap();
    answers(&parent.path().join("x".repeat(room + 1)));
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

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// A folder in one that only root can enter.
fn behind_a_closed_door() -> (tempfile::TempDir, PathBuf) {
    let closed = scratch();
    fs::set_permissions(closed.path(), Permissions::from_mode(0o700)).unwrap();
    let base = closed.path().join("base");
    (closed, base)
}

fn home_elsewhere(base: &Path) -> PathBuf {
    fs::read_to_string(base.join("data-is-in")).unwrap().into()
}

#[test]
fn data_that_postgresql_could_not_reach_go_elsewhere_and_the_log_says_where() {
    if !is_root() {
        return skip("an ordinary user's PostgreSQL enters what the user enters");
    }
    let (_closed, base) = behind_a_closed_door();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    let cluster = tracing::subscriber::with_default(subscriber, || fast(&base));
    let home = home_elsewhere(&base);

    assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
    assert!(home.join("data/PG_VERSION").is_file());
    assert!(!base.join("data").exists());
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains(home.to_str().unwrap()), "{log}");

    cluster.stop().unwrap();
    fs::remove_dir_all(home).unwrap();
}

#[test]
fn data_elsewhere_are_found_again() {
    if !is_root() {
        return skip("an ordinary user's data are never elsewhere");
    }
    let (_closed, base) = behind_a_closed_door();
    let cluster = fast(&base);
    sql(
        &cluster.url("org_api"),
        "CREATE TABLE kept AS SELECT 'this' AS what",
    )
    .unwrap();
    cluster.stop().unwrap();

    let cluster = fast(&base);
    assert_eq!(
        sql(&cluster.url("org_api"), "SELECT what FROM kept"),
        Ok("this".into())
    );
    cluster.stop().unwrap();
    fs::remove_dir_all(home_elsewhere(&base)).unwrap();
}

/// To begin with an empty cluster would look as if all data were lost, and soon make it true.
#[test]
fn data_elsewhere_that_have_gone_are_not_replaced_by_empty_ones() {
    if !is_root() {
        return skip("an ordinary user's data are never elsewhere");
    }
    let (_closed, base) = behind_a_closed_door();
    fast(&base).stop().unwrap();
    let home = home_elsewhere(&base);
    fs::remove_dir_all(&home).unwrap();

    let error = start(&Settings::new(&base)).unwrap_err();
    assert!(
        matches!(&error, StartError::HomeGone { home: gone, .. } if *gone == home),
        "{error}"
    );
}

#[test]
fn data_that_can_no_longer_be_reached_are_not_replaced_by_empty_ones() {
    if !is_root() {
        return skip("an ordinary user's PostgreSQL enters what the user enters");
    }
    let parent = scratch();
    let base = parent.path().join("base");
    fast(&base).stop().unwrap();
    fs::set_permissions(parent.path(), Permissions::from_mode(0o700)).unwrap();

    let error = start(&Settings::new(&base)).unwrap_err();
    assert!(matches!(&error, StartError::CannotEnter { .. }), "{error}");
}
