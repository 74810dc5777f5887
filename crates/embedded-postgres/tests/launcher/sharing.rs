//! Several users of one cluster.

use std::process::{Command, Stdio};

use org_embedded_postgres::{Settings, start};
use rustix::process::{getpgid, getpgrp};

use crate::support::{
    Holder, eventually, exists, fast, holder, is_gone, psql, scratch, server_pid, sql,
};

#[test]
fn a_second_process_attaches_and_the_last_one_out_stops_the_server() {
    let base = scratch();
    let first = Holder::start(base.path());
    let server = server_pid(base.path());
    let second = Holder::start(base.path());
    assert_eq!(second.url, first.url);
    assert_eq!(server_pid(base.path()), server);

    first.leave();
    assert_eq!(sql(&second.url, "SELECT 1"), Ok("1".into()));
    second.leave();
    assert!(is_gone(base.path()));
}

#[test]
fn processes_that_start_at_once_agree_on_one_server() {
    let base = scratch();
    let processes: Vec<_> = (0..4)
        .map(|_| holder(base.path()).spawn().unwrap())
        .collect();
    let holders: Vec<_> = processes.into_iter().map(Holder::await_url).collect();
    for holder in &holders {
        assert_eq!(
            sql(
                &holder.url,
                "SELECT count(*) FROM pg_database WHERE datname = 'org_api'"
            ),
            Ok("1".into())
        );
    }
    for holder in holders {
        holder.leave();
    }
    assert!(is_gone(base.path()));
}

#[test]
fn two_leases_of_one_process_are_two() {
    let base = scratch();
    let first = fast(base.path());
    let second = start(&Settings::new(base.path())).unwrap();
    first.stop().unwrap();
    assert_eq!(sql(&second.url("org_api"), "SELECT 1"), Ok("1".into()));
    second.stop().unwrap();
    assert!(is_gone(base.path()));
}

#[test]
fn dropping_a_lease_gives_it_back() {
    let base = scratch();
    drop(fast(base.path()));
    assert!(is_gone(base.path()));
}

#[test]
fn a_stopped_server_leaves_no_process_not_even_a_zombie() {
    let base = scratch();
    let cluster = fast(base.path());
    let server = server_pid(base.path());
    cluster.stop().unwrap();
    assert!(!exists(server));
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let base = scratch();
    let cluster = fast(base.path());
    sql(
        &cluster.url("org_api"),
        "CREATE TABLE kept AS SELECT 'this' AS what",
    )
    .unwrap();
    cluster.stop().unwrap();

    let cluster = fast(base.path());
    assert_eq!(
        sql(&cluster.url("org_api"), "SELECT what FROM kept"),
        Ok("this".into())
    );
}

#[test]
fn a_client_that_does_not_leave_is_sent_away() {
    let base = scratch();
    let cluster = fast(base.path());
    let mut client = psql(&cluster.url("org_api"), "SELECT pg_sleep(3600)")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    eventually("the client sleeps", || {
        sql(&cluster.url("org_api"), sleeping) == Ok("1".into())
    });

    cluster.stop().unwrap();

    assert!(!client.wait().unwrap().success());
}

/// Ctrl-C on a terminal signals a whole group of processes.
#[test]
fn the_server_is_in_a_process_group_of_its_own() {
    let base = scratch();
    let _cluster = fast(base.path());
    let server = server_pid(base.path());
    assert_eq!(getpgid(Some(server)).unwrap(), server);
    assert_ne!(getpgrp(), server);
}

/// PostgreSQL takes some of its settings from variables that were meant for its clients.
#[test]
fn the_environment_says_nothing_to_the_server() {
    let base = scratch();
    let mut command = holder(base.path());
    let holder = Holder::await_url(command.env("PGCLIENTENCODING", "LATIN1").spawn().unwrap());
    assert_eq!(sql(&holder.url, "SHOW client_encoding"), Ok("UTF8".into()));
    holder.leave();
}

#[test]
fn the_url_can_be_given_to_a_program_that_was_told_of_another_server() {
    let base = scratch();
    let cluster = fast(base.path());
    let url = cluster.url("org_api");
    let mut command: Command = psql(&url, "SELECT current_user");
    command
        .env("PGPORT", "1")
        .env("PGHOST", "nowhere.invalid")
        .env("PGUSER", "nobody");
    assert_eq!(command.output().unwrap().stdout, b"org_api\n");
}
