//! Which user runs what, and who may touch what.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

use rustix::process::geteuid;

use crate::support::{
    Holder, complaint, fast, is_gone, is_root, plain_holder, psql, public_copy, scratch,
    server_pid, skip, sql,
};

/// A user whom every system has, and who is neither root nor PostgreSQL's.
const STRANGER: u32 = 1;

fn owner_and_mode(path: &Path) -> (u32, u32) {
    let metadata = fs::metadata(path).unwrap();
    (metadata.uid(), metadata.mode() & 0o777)
}

/// The user whom the system says a process belongs to.
fn user_of(pid: rustix::process::Pid) -> u32 {
    let output = Command::new("ps")
        .args(["-o", "uid=", "-p", &pid.to_string()])
        .output()
        .unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

/// The plain case; when these tests run as root, a process of an ordinary user stands in for them.
#[test]
fn an_ordinary_user_runs_the_server_as_itself() {
    let (base, bin) = (scratch(), scratch());
    let mut command = plain_holder(&public_copy(&bin), base.path());
    let user = if is_root() {
        STRANGER
    } else {
        geteuid().as_raw()
    };
    if is_root() {
        chown(base.path(), Some(user), Some(user)).unwrap();
        command.uid(user).gid(user).current_dir("/");
    }

    let holder = Holder::await_url(command.spawn().unwrap());

    assert_eq!(user_of(server_pid(base.path())), user);
    assert_eq!(owner_and_mode(base.path()), (user, 0o700));
    assert_eq!(
        sql(&holder.url, "SELECT current_user"),
        Ok("org_api".into())
    );
    holder.leave();
    assert!(is_gone(base.path()));
}

#[test]
fn root_keeps_the_base_folder_and_gives_the_server_only_its_own() {
    if !is_root() {
        return skip("only root can run the server as somebody else");
    }
    let base = scratch();
    let _cluster = fast(base.path());
    let server = user_of(server_pid(base.path()));
    assert_ne!(server, 0);

    assert_eq!(owner_and_mode(base.path()), (0, 0o711));
    for entry in fs::read_dir(base.path()).unwrap().map(Result::unwrap) {
        let own = entry.file_name() == "data" || entry.file_name() == "socket";
        let (owner, mode) = owner_and_mode(&entry.path());
        assert_eq!(owner, if own { server } else { 0 }, "{entry:?}");
        assert_eq!(mode & 0o022, 0, "{entry:?} can be written to");
        assert!(!own || mode == 0o700, "{entry:?} can be entered");
    }
}

#[test]
fn another_user_cannot_connect() {
    if !is_root() {
        return skip("only root can act as another user");
    }
    let base = scratch();
    let cluster = fast(base.path());
    let mut command = psql(&cluster.url("org_api"), "SELECT 1");
    let output = command.uid(STRANGER).gid(STRANGER).output().unwrap();
    assert!(!output.status.success());
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("Permission denied"), "{complaint}");
}

#[test]
fn another_users_cluster_is_refused_in_one_line() {
    if !is_root() {
        return skip("only root can act as another user");
    }
    let (base, bin) = (scratch(), scratch());
    fast(base.path()).stop().unwrap();
    let mut command = plain_holder(&public_copy(&bin), base.path());
    command.uid(STRANGER).gid(STRANGER).current_dir("/");
    let complaint = complaint(command.spawn().unwrap());
    assert!(complaint.contains("belongs to user 0"), "{complaint}");
}

/// Whatever users come and go: the data tell whose they are.
#[test]
fn data_are_served_by_the_user_who_owns_them() {
    if !is_root() {
        return skip("only root can give data to another user");
    }
    let base = scratch();
    fast(base.path()).stop().unwrap();
    let mut give = Command::new("chown");
    give.args(["-R", &format!("{STRANGER}:{STRANGER}")])
        .arg(base.path().join("data"));
    assert!(give.status().unwrap().success());

    let cluster = fast(base.path());
    assert_eq!(user_of(server_pid(base.path())), STRANGER);
    assert_eq!(sql(&cluster.url("org_api"), "SELECT 1"), Ok("1".into()));
}
