//! Starts the server, and asks it to stop.

use std::{
    ffi::OsString,
    fs::{self, File},
    os::unix::fs::FileTypeExt,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::{
    Settings,
    binaries::{self, Search},
    error::{FileError, StartError, StopError},
    initialize,
    locks::POLL,
    log, reaper, settings,
    site::Site,
    socket, state,
};

/// How long a start may take. Recovery from a crash reads at most `max_wal_size` of log again.
pub(crate) const START_PATIENCE: Duration = Duration::from_mins(2);

/// The ways to ask a server to stop, and how long it has for each: until its clients have left; with
/// its clients sent away, after a checkpoint; at once, leaving the rest to recovery.
const WAYS_TO_STOP: [(&str, Duration); 3] = [
    ("TERM", Duration::from_secs(1)),
    ("INT", Duration::from_mins(1)),
    ("QUIT", Duration::from_secs(10)),
];

/// Starts a server on the data of the site, which it makes first if there are none. The caller holds
/// the start lock, and with the log's lock knows that no server is left.
pub(crate) fn launch(
    wanted: &Settings,
    site: &mut Site,
    log: File,
) -> Result<(PathBuf, JoinHandle<()>), StartError> {
    check_null_device(Path::new("/dev/null"))?;
    let made_by = binaries::made_by(&site.data())?;
    let found = Search::of_this_machine(wanted.bin_dir.clone()).find(site.base().dir(), made_by)?;
    site.make_reachable()?;
    let log_path = site.base().log();
    log::trim(&log_path)?;
    if made_by.is_none() {
        initialize::initialize(site, &found, wanted.durability, &log)?;
    }
    state::clear_stale_claim(site)?;

    let since = log::length(&log, &log_path)?;
    let socket_dir = socket::prepare(site)?;
    let arguments = settings::arguments(&site.data(), &socket_dir, wanted.durability);
    let child = spawn(site, &found.program("postgres"), arguments, log)?;
    Ok((socket_dir, wait_until_ready(child, site, since)?))
}

/// Asks the server to stop, ever less patiently, until its last process has gone.
pub(crate) fn stop(site: &Site) -> Result<(), StopError> {
    let log = site.base().log();
    for (signal, patience) in WAYS_TO_STOP {
        if let Some(pid) = state::live_server(site)? {
            send(site, signal, pid)?;
        }
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if log::try_lock(&log)?.is_some() {
                return Ok(());
            }
            thread::sleep(POLL);
        }
    }
    Err(StopError::StillRunning { log })
}

/// `initdb` sends its children's output there, and fails obscurely when a file has taken its place.
pub(crate) fn check_null_device(path: &Path) -> Result<(), StartError> {
    let metadata = fs::metadata(path).map_err(FileError::on("look at", path))?;
    if metadata.file_type().is_char_device() {
        Ok(())
    } else {
        Err(StartError::NullDevice(path.to_owned()))
    }
}

/// Takes the log, so that the server and its children are the only ones left with its lock.
fn spawn(
    site: &Site,
    program: &Path,
    arguments: Vec<OsString>,
    log: File,
) -> Result<Child, StartError> {
    let stdout = log.try_clone().map_err(FileError::on("share", program))?;
    let mut command = site.account().command(program);
    command
        .args(arguments)
        .stdout(stdout)
        .stderr(Stdio::from(log));
    Ok(command.spawn().map_err(FileError::on("run", program))?)
}

/// A server that takes too long is left to it: to kill it would be to begin its recovery again.
fn wait_until_ready(
    mut child: Child,
    site: &Site,
    since: u64,
) -> Result<JoinHandle<()>, StartError> {
    let log = site.base().log();
    let deadline = Instant::now() + START_PATIENCE;
    loop {
        let ended = child
            .try_wait()
            .map_err(FileError::on("wait for", Path::new("postgres")))?;
        if ended.is_some() {
            return Err(StartError::Ended {
                reason: log::reason(&log, since),
                log,
            });
        }
        if state::ready_at(site)?.is_some() {
            return Ok(reaper::reap(child, "postgres")?);
        }
        if Instant::now() >= deadline {
            reaper::reap(child, "postgres")?;
            return Err(StartError::Slow {
                waited: START_PATIENCE,
                log,
            });
        }
        thread::sleep(POLL);
    }
}

/// Signals as the server's own user, because that user wrote the number: whatever it says, no other
/// user's process can be meant. A server that has gone in the meantime is no failure.
fn send(site: &Site, signal: &str, pid: u32) -> Result<(), FileError> {
    let shell = Path::new("/bin/sh");
    let mut command = site.account().command(shell);
    command.args(["-c", r#"kill -s "$0" "$1""#, signal, &pid.to_string()]);
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(FileError::on("run", shell))?;
    tracing::debug!(
        signal,
        pid,
        delivered = status.success(),
        "asked PostgreSQL to stop"
    );
    Ok(())
}

#[cfg(test)]
mod tests;
