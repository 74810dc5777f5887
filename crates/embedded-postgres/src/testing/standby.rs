//! A streaming replica of a cluster, for tests of what reads from one.
//!
//! It is a cluster like any other, in a folder of its own, whose data are a copy of another's and go on
//! following it: what stops, kills and starts clusters does so with this one too. The other keeps what
//! this one has not got yet, however long it is away.

use std::{
    fs,
    path::Path,
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use super::throwaway;
use crate::{
    Cluster, Settings, StartError,
    base::Base,
    binaries::{self, Search},
    error::FileError,
    files, locks, log,
    site::Site,
};

/// A replica of `primary`, with nothing safe in it, in the new folder `base_dir`; `linger` after nobody has
/// held a lease on it, it is gone. It is asked like its primary, by [`Cluster::url`], and answers once this
/// returns. Started again after a stop, it follows again.
pub fn standby(
    primary: &Cluster,
    base_dir: &Path,
    linger: Duration,
) -> Result<Cluster, StartError> {
    let base = Base::claim(base_dir)?;
    let path = base.start_lock();
    let starting = locks::open(&path).map_err(FileError::on("open", &path))?;
    starting.lock().map_err(FileError::on("lock", &path))?;
    copy(primary, &mut Site::locate(base)?)?;
    drop(starting);
    throwaway(base_dir, linger)
}

/// Takes a copy of the primary's data that knows whom to follow.
fn copy(primary: &Cluster, site: &mut Site) -> Result<(), StartError> {
    const PROGRAM: &str = "pg_basebackup";
    let made_by = binaries::made_by(&primary.site.data())?;
    let bin_dir = Settings::new(site.base().dir()).bin_dir;
    let found = Search::of_this_machine(bin_dir).find(site.base().dir(), made_by)?;
    site.make_reachable()?;
    let (data, log) = (site.unfinished_data(), site.base().log());
    site.make_private(&data)?;
    let output = fs::File::create(&log).map_err(FileError::on("create", &log))?;
    let mut command = site.account().command(&found.program(PROGRAM));
    command
        .arg("--pgdata")
        .arg(&data)
        .args(["--dbname", &primary.admin_url("postgres")])
        .args(["--create-slot", "--slot", &slot()])
        .args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync"])
        .stdout(Stdio::null())
        .stderr(output);
    let status = command.status();
    let status = status.map_err(FileError::on("run", Path::new(PROGRAM)))?;
    if !status.success() {
        return Err(StartError::Program {
            program: PROGRAM,
            reason: log::reason(&log, 0),
            log,
        });
    }
    fs::rename(&data, site.data()).map_err(FileError::on("rename", &data))?;
    files::sync_folder(site.home())?;
    Ok(())
}

/// A name by which the primary knows what it has to keep; of two replicas each has its own.
fn slot() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("standby_{}_{number}", std::process::id())
}
