//! Brings a cluster from the version of PostgreSQL that made it to a later one.
//!
//! Only the programs of one's own version can read a cluster's files, so its database goes over as a dump:
//! the old programs serve it, the new ones read it and make a cluster of it beside the old one. Then the
//! two change places:
//!
//! | folder | what it is |
//! |---|---|
//! | `data.upgrade` | the new cluster while it is filled; whoever finds it removes it |
//! | `data.upgraded` | the same when it is whole, and safe on the disk |
//! | `data.postgresql-15` | the old cluster, which made way, with its version |
//!
//! After a crash, `data` is still the old cluster, and whatever was made for another is removed; or it has
//! made way and is not there, and then `data.upgraded` takes its place at the next start. There is no
//! moment at which neither can be found. The old cluster is never removed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    APPLICATION_DATABASE, Settings,
    base::Base,
    binaries::{self, Binaries, Search},
    cluster::url_as,
    error::{FileError, StartError, StopError, ToolError, UpgradeError},
    files,
    locks::{self, LOCK_PATIENCE, NotTaken},
    log, server,
    site::Site,
    tools::{Target, Tools},
};

/// The new cluster while it is filled.
const IN_UPGRADE: &str = "data.upgrade";

/// The new cluster when it is whole.
const UPGRADED: &str = "data.upgraded";

/// What an upgrade came to.
#[derive(Debug)]
pub struct Upgraded {
    /// The major version that made the old cluster.
    pub from: u32,
    /// The major version that made the new one.
    pub to: u32,
    /// Where the old cluster is now.
    pub old_data: PathBuf,
}

/// Upgrades the cluster in `settings.base_dir` to the newest version whose programs are found, or to that
/// of `settings.bin_dir`. Nobody may use the cluster meanwhile.
pub fn upgrade(settings: &Settings) -> Result<Upgraded, UpgradeError> {
    let newest = |search: &Search, made_by| search.newest_after(made_by);
    upgrade_with(settings, newest)
}

/// The same to whatever version `choose` finds, which may be the same again.
pub(crate) fn upgrade_with(
    settings: &Settings,
    choose: impl FnOnce(&Search, u32) -> Result<Option<Binaries>, StartError>,
) -> Result<Upgraded, UpgradeError> {
    let here = || settings.base_dir.clone();
    // To claim a folder that is not there would be to make it.
    if !settings.base_dir.is_dir() {
        return Err(UpgradeError::NoCluster(here()));
    }
    let base = Base::claim(&settings.base_dir)?;
    let _starting = match locks::exclusive(&base.start_lock(), LOCK_PATIENCE) {
        Ok(lock) => lock,
        Err(NotTaken::Failed(error)) => return Err(error.into()),
        Err(NotTaken::Busy | NotTaken::Vanished) => return Err(UpgradeError::InUse(here())),
    };
    let lease = locks::open(&base.lease()).map_err(FileError::on("open", &base.lease()))?;
    if !locks::try_exclusive(&lease, &base.lease())? {
        return Err(UpgradeError::InUse(here()));
    }
    let site = Site::locate(base)?;
    abandon(&site)?;
    let from = binaries::made_by(&site.data())?.ok_or_else(|| UpgradeError::NoCluster(here()))?;
    let search = Search::of_this_machine(settings.bin_dir.clone());
    let usual = || Search::of_this_machine(None).find(site.base().dir(), Some(from));
    let old = search
        .find(site.base().dir(), Some(from))
        .or_else(|_| usual())?;
    let new = choose(&search, from)?.ok_or(UpgradeError::NothingNewer { made_by: from })?;
    // One that was left behind by whoever was killed.
    server::stop(&site)?;
    let upgrade = Upgrade {
        settings,
        site: &site,
        dump: dump_of(&site),
    };
    upgrade.run(&old, &new)?;
    let old_data = change_places(&site, from)?;
    files::remove_file(&upgrade.dump)?;
    Ok(Upgraded {
        from,
        to: new.major(),
        old_data,
    })
}

/// Ends what an upgrade that was killed in changing places has begun. The caller holds the start lock.
pub(crate) fn settle(home: &Path) -> Result<(), FileError> {
    let (data, upgraded) = (home.join("data"), home.join(UPGRADED));
    if !upgraded.exists() {
        return Ok(());
    }
    if data.exists() {
        // The old cluster has not made way, and may have been written to since.
        return files::remove_folder(&upgraded);
    }
    rename(&upgraded, &data)?;
    tracing::info!("the cluster that an upgrade has made is in its place");
    files::sync_folder(home)
}

/// Clears away what an upgrade that was killed before that has left: a server, its data, and the dump. The
/// caller holds the start lock.
pub(crate) fn abandon(site: &Site) -> Result<(), StopError> {
    let unfinished = site.with_data(IN_UPGRADE);
    if unfinished.data().exists() {
        server::stop(&unfinished)?;
        files::remove_folder(&unfinished.data())?;
    }
    Ok(files::remove_file(&dump_of(site))?)
}

/// The dump between the two clusters, which only this process's user can read.
fn dump_of(site: &Site) -> PathBuf {
    site.base().dir().join("upgrade.dump")
}

/// One upgrade at work.
struct Upgrade<'a> {
    settings: &'a Settings,
    site: &'a Site,
    dump: PathBuf,
}

impl Upgrade<'_> {
    fn run(&self, old: &Binaries, new: &Binaries) -> Result<(), UpgradeError> {
        let dump = locks::open(&self.dump).map_err(FileError::on("create", &self.dump))?;
        // The later program knows how to speak with an earlier server, and not the other way round.
        let tools = Tools::in_dir(new.dir().to_owned());
        self.serving(old, self.site.clone(), |from| tools.dump(from, &dump))?;
        let upgraded = self.site.with_data(IN_UPGRADE);
        self.serving(new, upgraded, |into| tools.restore(&self.dump, into))?;
        Ok(files::sync_folder(&self.site.home().join(IN_UPGRADE))?)
    }

    /// Works with the application's database while these programs serve the site.
    fn serving(
        &self,
        by: &Binaries,
        mut site: Site,
        work: impl FnOnce(&Target) -> Result<(), ToolError>,
    ) -> Result<(), UpgradeError> {
        let settings = Settings {
            bin_dir: Some(by.dir().to_owned()),
            ..self.settings.clone()
        };
        let path = site.base().log();
        let log = log::try_lock(&path)?;
        let log = log.ok_or_else(|| UpgradeError::InUse(self.settings.base_dir.clone()))?;
        let (socket_dir, reaper) = server::launch(&settings, &mut site, log)?;
        let url = url_as(crate::APPLICATION_ROLE, &socket_dir, APPLICATION_DATABASE);
        let worked = Target::of_cluster(&url).and_then(|target| work(&target));
        server::stop(&site)?;
        if reaper.join().is_err() {
            tracing::error!("the thread that waits for PostgreSQL panicked");
        }
        worked.map_err(Into::into)
    }
}

/// Has the new cluster take the place of the old one, which stays beside it.
fn change_places(site: &Site, from: u32) -> Result<PathBuf, FileError> {
    rename(&site.home().join(IN_UPGRADE), &site.home().join(UPGRADED))?;
    files::sync_folder(site.home())?;
    let aside = free_name(&site.home().join(format!("data.postgresql-{from}")));
    rename(&site.data(), &aside)?;
    files::sync_folder(site.home())?;
    settle(site.home())?;
    Ok(aside)
}

fn rename(from: &Path, to: &Path) -> Result<(), FileError> {
    fs::rename(from, to).map_err(FileError::on("rename", from))
}

/// The name itself, or with the first number that nobody has.
fn free_name(name: &Path) -> PathBuf {
    let numbered = (2..).map(|number| {
        let mut numbered = name.as_os_str().to_owned();
        numbered.push(format!(".{number}"));
        PathBuf::from(numbered)
    });
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names
        .find(|name| !name.exists())
        .unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests;
