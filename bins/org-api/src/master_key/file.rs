//! The file of a master key, in the folder of an embedded database.
//!
//! Whoever reads or writes it holds a lock, so that of two processes at once one makes the key and the
//! other finds it. A file is written under another name and renamed: it is there whole, or not at all,
//! whatever crashes. No key is ever removed: one that gives way keeps its file under a name of its own,
//! in case something turns up that is sealed under it. It is opened as what it is and not through a link, and it must be ours and closed
//! to everybody else: PostgreSQL's user, who has a part of this folder under root, cannot read it.

#[cfg(test)]
mod tests;

use std::fmt::Display;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use org_webhooks::sealing::MasterKey;
use rustix::fs::OFlags;
use secrecy::zeroize::Zeroizing;

use super::waiting::saying;
use crate::failure::Failure;

/// The key.
const KEY: &str = "master-key";
/// The key that is taking its place.
const NEW: &str = "master-key.new";
/// How the names begin of keys whose place another one took, and which nothing is to be sealed under
/// any more; the key's id follows.
const OLD: &str = "master-key.old.";
/// How the names begin of keys that were to take a place and did not.
const UNUSED: &str = "master-key.unused.";
/// A key that is being written.
const UNFINISHED: &str = "master-key.unfinished";
/// Held by whoever is at these files.
const LOCK: &str = "master-key.lock";

/// More than any key needs, and no more is read.
const MOST: u64 = 1024;

/// The files of a key, before anybody is let at them.
#[derive(Clone, Debug)]
pub(super) struct KeyFile {
    dir: PathBuf,
}

/// The files of a key, for one process alone.
pub(super) struct Locked<'a> {
    dir: &'a Path,
    _lock: File,
}

impl KeyFile {
    pub(super) fn within(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    /// Waits until nobody else is at the files, and says so.
    pub(super) fn lock(&self) -> Result<Locked<'_>, Failure> {
        let path = self.dir.join(LOCK);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let lock = open(&mut options, &path).map_err(on(&path))?;
        let say = || tracing::warn!(file = %path.display(), "waiting for who has it locked");
        saying(say, || lock.lock()).map_err(on(&path))?;
        Ok(Locked {
            dir: &self.dir,
            _lock: lock,
        })
    }
}

impl Locked<'_> {
    /// The key; none when there is no file.
    pub(super) fn key(&self) -> Result<Option<MasterKey>, Failure> {
        read(&self.dir.join(KEY))
    }

    /// The key that was to take its place.
    pub(super) fn new_key(&self) -> Result<Option<MasterKey>, Failure> {
        read(&self.dir.join(NEW))
    }

    pub(super) fn write_key(&self, text: &str) -> Result<(), Failure> {
        self.write(KEY, text)
    }

    pub(super) fn write_new_key(&self, text: &str) -> Result<(), Failure> {
        self.write(NEW, text)
    }

    /// Puts the new key in the place of the other, which is kept. In between there is none; the new one
    /// is still to take the place then.
    pub(super) fn take_new_key(&self) -> Result<(), Failure> {
        self.keep(KEY, OLD)?;
        self.rename(NEW, KEY)
    }

    /// Sets the new key aside.
    pub(super) fn set_new_key_aside(&self) -> Result<(), Failure> {
        self.keep(NEW, UNUSED)
    }

    /// Refuses the key for a reason that does not lie in the file.
    pub(super) fn refuse(&self, why: impl Display) -> Failure {
        refused(&self.dir.join(KEY), why)
    }

    /// Renames a key after its id, if there is one.
    fn keep(&self, name: &str, kind: &str) -> Result<(), Failure> {
        match read(&self.dir.join(name))? {
            None => Ok(()),
            Some(key) => self.rename(name, &format!("{kind}{}", key.id())),
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        let path = self.dir.join(UNFINISHED);
        self.write_unfinished(text).map_err(on(&path))?;
        self.rename(UNFINISHED, name)
    }

    fn write_unfinished(&self, text: &str) -> std::io::Result<()> {
        let path = self.dir.join(UNFINISHED);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = open(OpenOptions::new().write(true).create_new(true), &path)?;
        writeln!(file, "{text}")?;
        file.sync_all()
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Failure> {
        let to = self.dir.join(to);
        fs::rename(self.dir.join(from), &to).map_err(on(&to))?;
        let synced = File::open(self.dir).and_then(|dir| dir.sync_all());
        synced.map_err(on(self.dir))
    }
}

/// Opens a file of ours, and no link to another. One that is made is closed to everybody else.
fn open(options: &mut OpenOptions, path: &Path) -> std::io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let options = options.mode(0o600);
    options.custom_flags(flags.bits().cast_signed()).open(path)
}

fn read(path: &Path) -> Result<Option<MasterKey>, Failure> {
    let file = match open(OpenOptions::new().read(true), path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(on(path))?,
    };
    let metadata = file.metadata().map_err(on(path))?;
    if !metadata.is_file() {
        return Err(refused(path, "it is not a file"));
    }
    let mode = metadata.mode() & 0o7777;
    if ![0o600, 0o400].contains(&mode) {
        let flaw = format!("its permissions are {mode:04o} and must be 0600 or 0400");
        return Err(refused(path, flaw));
    }
    let (owner, me) = (metadata.uid(), rustix::process::geteuid().as_raw());
    if owner != me {
        let flaw = format!("it belongs to user {owner}, and this is user {me}");
        return Err(refused(path, flaw));
    }
    let mut text = Zeroizing::new(String::new());
    let all = file.take(MOST).read_to_string(&mut text);
    all.map_err(on(path))?;
    let key = MasterKey::parse(&text).map_err(|not_a_key| refused(path, not_a_key))?;
    Ok(Some(key))
}

/// One line that names the file. What it holds is never told.
fn refused(path: &Path, why: impl Display) -> Failure {
    Failure::Failed(format!("the master key's file {}: {why}", path.display()))
}

fn on(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    move |error| refused(path, error)
}
