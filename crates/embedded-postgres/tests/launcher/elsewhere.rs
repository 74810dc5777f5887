//! Base folders that PostgreSQL's user cannot enter, which only root has.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use org_embedded_postgres::{Settings, StartError, start};
use tempfile::TempDir;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{fast, is_root, scratch, skip, sql};

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
fn behind_a_closed_door() -> (TempDir, PathBuf) {
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
