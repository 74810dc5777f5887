//! Clusters for tests, which clean up after themselves.

use std::{env, fs, os::unix::fs::symlink, path::Path, time::Duration};

use org_embedded_postgres::testing;
use rustix::process::Pid;
use tempfile::TempDir;

use crate::support::{
    Holder, eventually, exists, lingering_holder, scratch, server_pid, skip, sql,
};

/// A holder of a cluster that goes soon after it.
fn brief(base: &Path) -> Holder {
    Holder::await_url(
        lingering_holder(base, Duration::from_secs(1))
            .spawn()
            .unwrap(),
    )
}

/// Waits for the watchdog, which removes the cluster's folder from `parent` last but not in one step.
fn wait_until_gone(parent: &Path, server: Pid) {
    eventually("the server has gone", || !exists(server));
    eventually("the folder has gone", || {
        fs::read_dir(parent).unwrap().count() == 0
    });
}

#[test]
fn processes_share_a_cluster_that_goes_when_the_last_of_them_was_killed() {
    let parent = scratch();
    let base = parent.path().join("base");
    let first = brief(&base);
    let second = brief(&base);
    let server = server_pid(&base);
    assert_eq!(first.url, second.url);

    first.kill();
    assert_eq!(sql(&second.url, "SELECT 1"), Ok("1".into()));
    second.kill();
    wait_until_gone(parent.path(), server);
}

#[test]
fn a_killed_process_leaves_its_cluster_to_the_next_for_a_while() {
    let parent = scratch();
    let base = parent.path().join("base");
    let first = Holder::start(&base);
    let server = server_pid(&base);
    first.kill();
    let second = Holder::start(&base);
    assert_eq!(server_pid(&base), server);
    second.leave();
}

#[test]
fn a_socket_elsewhere_goes_with_its_cluster() {
    let parent = scratch();
    let base = parent.path().join("x".repeat(110));
    let holder = brief(&base);
    let server = server_pid(&base);
    let socket = fs::read_to_string(base.join("socket-is-in")).unwrap();
    holder.kill();
    wait_until_gone(parent.path(), server);
    eventually("the socket's folder has gone", || {
        !Path::new(&socket).exists()
    });
}

/// A folder with every program that is on the path, but one.
fn path_without(program: &str) -> TempDir {
    let dir = scratch();
    for file in env::split_paths(&env::var_os("PATH").unwrap())
        .filter_map(|dir| fs::read_dir(dir).ok())
        .flatten()
    {
        let file = file.unwrap();
        if file.file_name() != program {
            // The first of a name wins, as it does on the path.
            symlink(file.path(), dir.path().join(file.file_name())).ok();
        }
    }
    dir
}

/// As on macOS.
#[test]
fn where_there_is_no_flock_perl_will_do() {
    let (parent, path) = (scratch(), path_without("flock"));
    if !path.path().join("perl").exists() {
        return skip("there is no perl");
    }
    let base = parent.path().join("base");
    let mut command = lingering_holder(&base, Duration::from_secs(1));
    let holder = Holder::await_url(command.env("PATH", path.path()).spawn().unwrap());
    let server = server_pid(&base);
    holder.kill();
    wait_until_gone(parent.path(), server);
}

/// The watchdog must not take the new cluster for the one it was set upon.
#[test]
fn a_cluster_in_the_place_of_a_removed_one_is_left_alone() {
    let parent = scratch();
    let base = parent.path().join("base");
    let first = testing::throwaway(&base, Duration::from_secs(1)).unwrap();
    first.stop().unwrap();
    fs::remove_dir_all(&base).unwrap();

    let second = testing::throwaway(&base, Duration::from_secs(30)).unwrap();
    let lock = base.join("watchdog.lock");
    assert!(
        fs::File::open(&lock).unwrap().try_lock().is_err(),
        "the new cluster is not watched"
    );
    assert_eq!(sql(&second.url("org_api"), "SELECT 1"), Ok("1".into()));
}

#[test]
fn all_tests_of_a_machine_share_one_cluster() {
    let cluster = testing::cluster().unwrap();
    let again = testing::cluster().unwrap();
    assert!(std::ptr::eq(cluster, again));
    assert_eq!(
        sql(
            &cluster.url("org_api"),
            "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ),
        Ok("t".into())
    );
}
