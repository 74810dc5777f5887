//! Folders for clusters, processes that hold them, and a client.

use std::{
    fs::{self, File, Permissions},
    io::{BufRead, BufReader, Read, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use org_embedded_postgres::{Cluster, Durability, Settings, start, testing};
use rustix::{
    io::Errno,
    process::{Pid, Signal, geteuid, kill_process, test_kill_process},
};
use tempfile::TempDir;

/// The program of this crate, which holds a cluster until its standard input ends.
const HOLDER: &str = env!("CARGO_BIN_EXE_embedded-postgres");

/// Longer than a test takes between two leases, so that the watchdog never meddles.
const LINGER: Duration = Duration::from_secs(30);

pub(crate) fn is_root() -> bool {
    geteuid().is_root()
}

/// Says that a test did not run, past the harness, which shows what a test prints only if it fails.
pub(crate) fn skip(reason: &str) {
    let line = format!("SKIPPED: {reason}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// A folder that PostgreSQL's user can enter; in memory where there is room for such things.
pub(crate) fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    let dir = TempDir::new_in(parent).unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o711)).unwrap();
    dir
}

/// A cluster of this process, which may lose everything.
pub(crate) fn fast(base: &Path) -> Cluster {
    testing::throwaway(base, LINGER).unwrap()
}

/// A cluster of this process, which may lose nothing.
pub(crate) fn safe(base: &Path) -> Cluster {
    let cluster = start(&Settings::new(base).durability(Durability::Safe)).unwrap();
    testing::watch(&cluster, LINGER).unwrap();
    cluster
}

/// A process that holds a cluster.
pub(crate) struct Holder {
    pub(crate) process: Child,
    pub(crate) url: String,
    stdin: Option<ChildStdin>,
}

impl Holder {
    /// Starts one and waits until it has its cluster, which may lose everything.
    pub(crate) fn start(base: &Path) -> Self {
        Self::await_url(holder(base).spawn().unwrap())
    }

    pub(crate) fn await_url(mut process: Child) -> Self {
        let stdin = process.stdin.take();
        let mut url = String::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let length = lines.read_line(&mut url).unwrap();
        assert_ne!(
            length,
            0,
            "the holder has no cluster: {}",
            complaint(process)
        );
        Self {
            process,
            url: url.trim_end().to_owned(),
            stdin,
        }
    }

    /// Lets it go in peace.
    pub(crate) fn leave(mut self) {
        drop(self.stdin.take());
        assert!(self.process.wait().unwrap().success());
    }

    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A command that holds a cluster, which may lose everything.
pub(crate) fn holder(base: &Path) -> Command {
    lingering_holder(base, LINGER)
}

/// The same, when the cluster is to go `linger` after its last user.
pub(crate) fn lingering_holder(base: &Path, linger: Duration) -> Command {
    let mut command = plain_holder(Path::new(HOLDER), base);
    command.arg(linger.as_secs().to_string());
    command
}

/// A command that holds a cluster as users do; `program` is a copy of [`HOLDER`].
pub(crate) fn plain_holder(program: &Path, base: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .arg(base)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Makes a program out of a few lines of shell. Another process writes it, because one that this
/// process had open for writing could not be run while a neighbouring test forks.
pub(crate) fn script(file: &Path, body: &str) {
    let write = r#"printf '#!/bin/sh\n%s\n' "$1" > "$0" && chmod 755 "$0""#;
    let mut command = Command::new("/bin/sh");
    assert!(
        command
            .args(["-c", write])
            .arg(file)
            .arg(body)
            .status()
            .unwrap()
            .success()
    );
}

/// A copy of the holder's program that every user can run.
pub(crate) fn public_copy(dir: &TempDir) -> PathBuf {
    let copy = dir.path().join("holder");
    // By another process too.
    assert!(
        Command::new("cp")
            .arg(HOLDER)
            .arg(&copy)
            .status()
            .unwrap()
            .success()
    );
    copy
}

/// The one line that a holder which found no cluster ends with.
pub(crate) fn complaint(mut process: Child) -> String {
    let mut text = String::new();
    process
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(!process.wait().unwrap().success());
    assert_eq!(text.lines().count(), 1, "{text}");
    text.trim_end().to_owned()
}

/// The answer to a query, or what the server says against it.
pub(crate) fn sql(url: &str, statement: &str) -> Result<String, String> {
    let output = psql(url, statement).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim_end().to_owned();
    if output.status.success() {
        Ok(text(output.stdout))
    } else {
        Err(text(output.stderr))
    }
}

pub(crate) fn psql(url: &str, statement: &str) -> Command {
    let program =
        std::env::var_os("PG_BIN_DIR").map_or("psql".into(), |dir| PathBuf::from(dir).join("psql"));
    let mut command = Command::new(program);
    command
        .args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement])
        .current_dir("/");
    command
}

/// The server's process number, as its data folder tells it.
pub(crate) fn server_pid(home: &Path) -> Pid {
    let text = fs::read_to_string(home.join("data/postmaster.pid")).unwrap();
    Pid::from_raw(text.lines().next().unwrap().parse().unwrap()).unwrap()
}

/// Whether the process is there at all, if only as a zombie.
pub(crate) fn exists(pid: Pid) -> bool {
    !matches!(test_kill_process(pid), Err(Errno::SRCH))
}

/// Kills a process, and waits until there is no trace of it.
pub(crate) fn kill(pid: Pid) {
    kill_process(pid, Signal::KILL).unwrap();
    eventually("the killed process has gone", || !exists(pid));
}

/// Whether the server and all its children have gone.
pub(crate) fn is_gone(base: &Path) -> bool {
    File::open(base.join("postgres.log"))
        .unwrap()
        .try_lock()
        .is_ok()
}

/// Waits until something has come true.
pub(crate) fn eventually(what: &str, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !holds() {
        assert!(Instant::now() < deadline, "still not so: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}
