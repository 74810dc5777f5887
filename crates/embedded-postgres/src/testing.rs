//! One throwaway cluster for all the tests that run on a machine under one user.
//!
//! To start a cluster takes longer than most test suites, so their processes share one. None of them
//! can be trusted to clean up, for a test process ends without dropping its statics, and may be
//! killed. So a watchdog, which is a shell script in a process of its own, waits until nobody has
//! held a lease for a while; then it stops the server and removes the folder. It wants `flock` or
//! `perl`, one of which every Linux and macOS has; without either, the cluster stays for the next
//! test run.

mod standby;

use std::{
    env,
    fs::OpenOptions,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

use crate::{
    Cluster, Durability, Settings, StartError, account, error::FileError, locks, reaper, start,
};

pub use standby::standby;

/// How long the cluster waits for the next test process: the tests of a workspace run one process
/// after the other.
const LINGER: Duration = Duration::from_secs(10);

const MEMORY: &str = "/dev/shm";

/// What a cluster with the databases of many tests may take.
const ENOUGH: u64 = 1 << 30;

const WATCHDOG: &str = include_str!("testing/watchdog.sh");

/// The cluster of all tests, on which this process holds a lease until it ends. It is in memory if
/// there is 1 GiB of that to spare, and in the folder where Cargo builds otherwise.
pub fn cluster() -> Result<&'static Cluster, &'static StartError> {
    static CLUSTER: OnceLock<Result<Cluster, StartError>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| throwaway(&shared_dir(), LINGER))
        .as_ref()
}

/// A cluster in `base_dir` for tests that want one to themselves: nothing is safe in it, and `linger`
/// after nobody has held a lease on it, server and folder are gone. `linger` is in whole seconds.
pub fn throwaway(base_dir: &Path, linger: Duration) -> Result<Cluster, StartError> {
    let cluster = start(&Settings::new(base_dir).durability(Durability::ForTests))?;
    watch(&cluster, linger)?;
    Ok(cluster)
}

/// Has a cluster stopped and removed, data and all, when nobody has held a lease for as long as
/// `linger`; unless it is so watched already.
pub fn watch(cluster: &Cluster, linger: Duration) -> Result<(), StartError> {
    let base = cluster.site.base();
    let path = base.watchdog_lock();
    let lock = locks::open(&path).map_err(FileError::on("open", &path))?;
    if !locks::try_exclusive(&lock, &path)? {
        return Ok(());
    }
    let log = OpenOptions::new()
        .append(true)
        .open(base.log())
        .map_err(FileError::on("open", &base.log()))?;
    let shell = Path::new("/bin/sh");
    let mut command = Command::new(shell);
    command.args(["-c", WATCHDOG, "postgres-watchdog"]).args([
        base.dir(),
        cluster.site.home(),
        &cluster.socket_dir,
    ]);
    command
        .arg(linger.as_secs().to_string())
        .current_dir("/")
        .process_group(0);
    // Its standard input is its lock: while it lives there is no other.
    command
        .stdin(Stdio::from(lock))
        .stdout(Stdio::null())
        .stderr(Stdio::from(log));
    let child = command.spawn().map_err(FileError::on("run", shell))?;
    reaper::reap(child, "watchdog")?;
    Ok(())
}

fn shared_dir() -> PathBuf {
    let memory = Path::new(MEMORY);
    let parent = if has_room(memory) {
        memory.to_owned()
    } else {
        target_dir()
    };
    parent.join(format!("org-api-tests-{}", account::me()))
}

fn has_room(dir: &Path) -> bool {
    rustix::fs::statvfs(dir).is_ok_and(|room| room.f_bavail.saturating_mul(room.f_frsize) >= ENOUGH)
}

/// Cargo's folder for what it builds now, such as `target/debug`: above `deps`, if the program that
/// runs is in one.
///
/// Cargo marks its `target` only when it makes it, so no mark is looked for.
fn target_dir() -> PathBuf {
    env::current_exe()
        .ok()
        .and_then(|program| built_in(&program))
        .unwrap_or_else(env::temp_dir)
}

fn built_in(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    let deps = folder.ends_with("deps") || folder.ends_with("examples");
    let built = if deps { folder.parent()? } else { folder };
    Some(built.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Path, built_in, has_room, target_dir};

    #[test]
    fn a_place_that_is_not_there_has_no_room() {
        assert!(!has_room(Path::new("/no/such/place")));
    }

    #[test]
    fn without_memory_the_cluster_goes_where_cargo_builds() {
        let here = std::env::current_exe().unwrap();
        assert!(here.starts_with(target_dir()));
    }

    #[test]
    fn all_programs_of_one_build_share_the_place() {
        for program in ["deps/api-1f", "examples/server", "org-api"] {
            let place = built_in(&Path::new("/target/debug").join(program));
            assert_eq!(place.as_deref(), Some(Path::new("/target/debug")));
        }
    }
}
