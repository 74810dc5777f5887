//! A PostgreSQL that belongs to one test, which may do to it what it likes.

use std::path::{Path, PathBuf};
use std::process::Command;

use org_embedded_postgres::{APPLICATION_DATABASE, Cluster, Settings, start};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::folder::folder;

/// A cluster that keeps what it has acknowledged, in a folder of its own.
pub(super) struct Ground {
    pub(super) url: String,
    pub(super) cluster: Cluster,
    _folder: TempDir,
}

impl Ground {
    pub(super) fn new() -> Self {
        let folder = folder();
        let cluster = start(&Settings::new(folder.path().join("cluster"))).expect("a cluster");
        Self {
            url: cluster.url(APPLICATION_DATABASE),
            cluster,
            _folder: folder,
        }
    }

    /// The file of the socket that PostgreSQL listens on.
    pub(super) fn socket(&self) -> PathBuf {
        let url = url::Url::parse(&self.url).expect("a URL");
        let folder = url.host_str().expect("a host").replace("%2F", "/");
        Path::new(&folder).join(".s.PGSQL.5432")
    }

    /// A URL by which the application's role reaches the same database at another host.
    pub(super) fn url_through(&self, folder: &Path) -> String {
        let host = url::Url::parse(&self.url).expect("a URL");
        let host = host.host_str().expect("a host").to_owned();
        let there = folder.display().to_string().replace('/', "%2F");
        self.url.replace(&host, &there)
    }

    /// Those of PostgreSQL.
    pub(super) fn processes(&self) -> Vec<Pid> {
        processes_of(&self.cluster)
    }
}

/// All of a cluster: its first process and the children of that.
pub(crate) fn processes_of(cluster: &Cluster) -> Vec<Pid> {
    let file = cluster.base_dir().join("data/postmaster.pid");
    let file = std::fs::read_to_string(file).expect("PostgreSQL runs");
    let first = file.lines().next().expect("its pid").to_owned();
    let children = children_of(&first).into_iter();
    let pids = std::iter::once(first).chain(children);
    pids.filter_map(|pid| Pid::from_raw(pid.parse().ok()?))
        .collect()
}

/// Sends a signal to each process that is still there.
pub(crate) fn signal_all(pids: &[Pid], signal: Signal) {
    for pid in pids {
        // Those of clients that have left are gone.
        let _ = kill_process(*pid, signal);
    }
}

fn children_of(parent: &str) -> Vec<String> {
    let listed = Command::new("ps")
        .args(["-e", "-o", "pid=,ppid="])
        .output()
        .expect("ps runs");
    let listed = String::from_utf8(listed.stdout).expect("numbers");
    let pairs = listed.lines().filter_map(|line| {
        let mut numbers = line.split_whitespace();
        Some((numbers.next()?, numbers.next()?))
    });
    let children = pairs.filter(|(_, its_parent)| *its_parent == parent);
    children.map(|(pid, _)| pid.to_owned()).collect()
}
