//! From settings to a lease on a running cluster.

use std::{
    fs::File,
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
    time::Instant,
};

use crate::{
    Cluster, Settings,
    base::Base,
    error::{FileError, StartError},
    locks::{self, LOCK_PATIENCE, NotTaken, POLL},
    log,
    server::{self, START_PATIENCE},
    site::Site,
    state, upgrade,
};

/// Starts the cluster in `settings.base_dir`, making it first if there is none; or, if it runs
/// already, takes a share in it, whatever else `settings` say. Waits until it accepts connections.
pub fn start(settings: &Settings) -> Result<Cluster, StartError> {
    loop {
        let base = Base::claim(&settings.base_dir)?;
        match locks::exclusive(&base.start_lock(), LOCK_PATIENCE) {
            Ok(_starting) => return start_alone(settings, base),
            Err(NotTaken::Vanished) => {}
            Err(NotTaken::Busy) => {
                return Err(StartError::Busy {
                    base: base.dir().to_owned(),
                    waited: LOCK_PATIENCE,
                });
            }
            Err(NotTaken::Failed(error)) => return Err(error.into()),
        }
    }
}

/// The part of a start that the start lock protects.
fn start_alone(settings: &Settings, base: Base) -> Result<Cluster, StartError> {
    let lease = take_lease(&base.lease())?;
    let keeper = log::Keeper::of(base.log(), log::BETWEEN_TRIMS)?;
    let mut site = Site::locate(base)?;
    upgrade::abandon(&site)?;
    let (socket_dir, reaper) = launch_or_attach(settings, &mut site)?;
    Ok(Cluster {
        site,
        socket_dir,
        lease: Some(lease),
        reaper,
        _keeper: keeper,
    })
}

/// Waits for nobody but a test cluster's watchdog, which takes it for a moment to see who is left.
fn take_lease(path: &Path) -> Result<File, FileError> {
    let lease = locks::open(path).map_err(FileError::on("open", path))?;
    lease.lock_shared().map_err(FileError::on("lock", path))?;
    Ok(lease)
}

/// A server that lives, but is not ready, is on its way to one or the other: somebody was killed
/// while it started or stopped, or it was killed itself and its last children have yet to notice.
fn launch_or_attach(
    settings: &Settings,
    site: &mut Site,
) -> Result<(PathBuf, Option<JoinHandle<()>>), StartError> {
    let log = site.base().log();
    let deadline = Instant::now() + START_PATIENCE;
    while Instant::now() < deadline {
        if let Some(locked) = log::try_lock(&log)? {
            let (socket_dir, reaper) = server::launch(settings, site, locked)?;
            return Ok((socket_dir, Some(reaper)));
        }
        if let Some(socket_dir) = state::ready_at(site)? {
            return Ok((socket_dir, None));
        }
        thread::sleep(POLL);
    }
    Err(StartError::Slow {
        waited: START_PATIENCE,
        log,
    })
}
