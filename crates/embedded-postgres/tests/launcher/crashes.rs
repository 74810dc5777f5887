//! What is left after something was killed, and what the next start makes of it.

use std::{
    fs::{self, File},
    os::unix::{fs::MetadataExt, net::UnixListener, process::CommandExt},
    path::Path,
    process::{Child, Command, Stdio},
};

use org_embedded_postgres::{Settings, StartError, start};
use rustix::process::Pid;

use crate::support::{
    Holder, eventually, fast, holder, is_gone, is_root, kill, safe, scratch, script, server_pid,
    sql,
};

#[test]
fn the_server_of_a_killed_launcher_serves_the_next_one_which_stops_it() {
    let base = scratch();
    let killed = Holder::start(base.path());
    let server = server_pid(base.path());
    killed.kill();

    let next = Holder::start(base.path());
    assert_eq!(server_pid(base.path()), server);
    next.leave();
    assert!(is_gone(base.path()));
}

#[test]
fn a_killed_server_recovers_what_was_committed() {
    let base = scratch();
    let cluster = safe(base.path());
    sql(
        &cluster.url("org_api"),
        "CREATE TABLE kept AS SELECT 'this' AS what",
    )
    .unwrap();
    kill(server_pid(base.path()));
    cluster.stop().unwrap();

    let cluster = safe(base.path());
    assert_eq!(
        sql(&cluster.url("org_api"), "SELECT what FROM kept"),
        Ok("this".into())
    );
}

#[test]
fn a_killed_server_is_no_zombie() {
    let base = scratch();
    let cluster = fast(base.path());
    // Which waits until somebody has asked what became of it.
    kill(server_pid(base.path()));
    cluster.stop().unwrap();
    // The next one removes the shared memory of the last.
    fast(base.path()).stop().unwrap();
}

#[test]
fn a_server_killed_under_its_users_is_started_again_in_the_same_place() {
    let base = scratch();
    let user = Holder::start(base.path());
    kill(server_pid(base.path()));

    let next = Holder::start(base.path());
    assert_eq!(next.url, user.url);
    assert_eq!(sql(&user.url, "SELECT 1"), Ok("1".into()));
    next.leave();
    assert!(!is_gone(base.path()));
    user.leave();
    assert!(is_gone(base.path()));
}

/// A child that a server had just forked when it was killed has the socket for a moment, and the log's lock.
#[test]
fn a_socket_that_outlives_its_server_is_not_taken_for_one() {
    let base = scratch();
    let user = Holder::start(base.path());
    kill(server_pid(base.path()));
    let log = File::open(base.path().join("postgres.log")).unwrap();
    eventually("its children have gone", || log.try_lock().is_ok());
    let socket = base.path().join("socket/.s.PGSQL.5432");
    fs::remove_file(&socket).unwrap();
    let listener = UnixListener::bind(&socket).unwrap();
    listener.set_nonblocking(true).unwrap();

    let next = holder(base.path()).spawn().unwrap();
    eventually("it asks", || listener.accept().is_ok());
    drop(listener);
    drop(log);

    let next = Holder::await_url(next);
    assert_eq!(sql(&next.url, "SELECT 1"), Ok("1".into()));
    next.leave();
    user.leave();
}

#[test]
fn launcher_and_server_killed_together_are_started_again() {
    let base = scratch();
    let killed = Holder::start(base.path());
    let server = server_pid(base.path());
    killed.kill();
    kill(server);

    let next = Holder::start(base.path());
    assert_eq!(sql(&next.url, "SELECT 1"), Ok("1".into()));
    next.leave();
}

/// Kills a launcher as soon as `file` is there, and has another one take over.
fn kill_a_launcher_at(file: &str) {
    let base = scratch();
    let mut launcher = holder(base.path()).spawn().unwrap();
    eventually(file, || base.path().join(file).exists());
    launcher.kill().unwrap();
    launcher.wait().unwrap();

    let next = Holder::start(base.path());
    assert_eq!(
        sql(&next.url, "SELECT current_database()"),
        Ok("org_api".into())
    );
    assert!(!base.path().join("data.new").exists());
    next.leave();
    assert!(is_gone(base.path()));
}

#[test]
fn a_launcher_killed_as_soon_as_it_claimed_the_folder_is_followed_by_another() {
    kill_a_launcher_at("embedded-postgres");
}

#[test]
fn a_launcher_killed_while_initdb_runs_is_followed_by_another() {
    kill_a_launcher_at("data.new/PG_VERSION");
}

#[test]
fn a_launcher_killed_while_the_role_is_made_is_followed_by_another() {
    kill_a_launcher_at("data.new/postmaster.pid");
}

#[test]
fn a_launcher_killed_before_the_first_start_is_followed_by_another() {
    kill_a_launcher_at("data/PG_VERSION");
}

#[test]
fn a_launcher_killed_while_the_server_starts_is_followed_by_another() {
    kill_a_launcher_at("data/postmaster.pid");
}

/// An `initdb` that says it has begun, and then waits as long as `wait` is beside it, if not for ever.
const SLOW_INITDB: &str = r#"for folder; do :; done; touch "$folder/begun"; tries=0
while [ -e "${0%/*}/wait" ] && [ "$tries" -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done; exit 1"#;

/// Two of them at work in one folder would make a cluster of neither.
#[test]
fn what_a_killed_launcher_left_running_counts_as_alive() {
    let (base, bin) = (scratch(), scratch());
    script(&bin.path().join("initdb"), SLOW_INITDB);
    script(
        &bin.path().join("postgres"),
        "echo 'postgres (PostgreSQL) 15.0'",
    );
    script(&bin.path().join("wait"), "");
    let mut launcher = holder(base.path())
        .env("PG_BIN_DIR", bin.path())
        .spawn()
        .unwrap();
    eventually("initdb runs", || {
        base.path().join("data.new/begun").exists()
    });
    launcher.kill().unwrap();
    launcher.wait().unwrap();
    assert!(!is_gone(base.path()));

    fs::remove_file(bin.path().join("wait")).unwrap();
    let next = Holder::start(base.path());
    assert_eq!(sql(&next.url, "SELECT 1"), Ok("1".into()));
    next.leave();
}

#[test]
fn a_cluster_that_was_never_finished_is_made_anew() {
    let base = scratch();
    fast(base.path()).stop().unwrap();
    // What a crash between the last step and the rename leaves, but damaged.
    fs::rename(base.path().join("data"), base.path().join("data.new")).unwrap();
    fs::remove_dir_all(base.path().join("data.new/global")).unwrap();

    let cluster = fast(base.path());
    assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
    assert!(!base.path().join("data.new").exists());
}

/// A process of the user who owns the data, whose number PostgreSQL would respect.
fn another_program(data: &Path, dir: &Path) -> Child {
    let mut command = Command::new("cat");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .current_dir(dir);
    if is_root() {
        let owner = fs::metadata(data).unwrap();
        command.uid(owner.uid()).gid(owner.gid());
    }
    command.spawn().unwrap()
}

#[test]
fn a_number_that_is_another_programs_now_does_not_keep_the_server_down() {
    let base = scratch();
    let cluster = fast(base.path());
    let claim = fs::read_to_string(base.path().join("data/postmaster.pid")).unwrap();
    let lock = fs::read_to_string(base.path().join("socket/.s.PGSQL.5432.lock")).unwrap();
    let server = server_pid(base.path());
    kill(server);
    cluster.stop().unwrap();

    let mut other = another_program(&base.path().join("data"), Path::new("/"));
    let renumber = |text: &str| text.replacen(&server.to_string(), &other.id().to_string(), 1);
    fs::write(base.path().join("data/postmaster.pid"), renumber(&claim)).unwrap();
    fs::write(
        base.path().join("socket/.s.PGSQL.5432.lock"),
        renumber(&lock),
    )
    .unwrap();

    let cluster = fast(base.path());
    assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
    assert_ne!(server_pid(base.path()), Pid::from_child(&other));
    assert!(
        other.try_wait().unwrap().is_none(),
        "the other program was ended"
    );
    drop(other.stdin.take());
    other.wait().unwrap();
}

/// A crash of the machine may leave a file without what was written to it.
#[test]
fn a_number_that_was_lost_does_not_keep_the_server_down() {
    let base = scratch();
    fast(base.path()).stop().unwrap();
    fs::write(base.path().join("data/postmaster.pid"), "").unwrap();
    let cluster = fast(base.path());
    assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
}

/// Two servers on the same data would ruin them.
#[test]
fn a_server_that_somebody_else_started_on_the_data_is_respected() {
    let base = scratch();
    fast(base.path()).stop().unwrap();
    let data = fs::canonicalize(base.path().join("data")).unwrap();
    let mut other = another_program(&data, &data);
    let claim = format!("{}\n{}\n", other.id(), data.display());
    fs::write(data.join("postmaster.pid"), &claim).unwrap();

    let error = start(&Settings::new(base.path())).unwrap_err();

    assert!(
        matches!(&error, StartError::ForeignServer { pid, .. } if *pid == other.id()),
        "{error}"
    );
    assert_eq!(
        fs::read_to_string(data.join("postmaster.pid")).unwrap(),
        claim
    );
    drop(other.stdin.take());
    other.wait().unwrap();
}
