//! Finds PostgreSQL's server programs, of a version that can be used.
//!
//! A folder counts as a candidate when it holds all the programs the launcher calls; a client-only
//! installation, which has `pg_config` and no `initdb`, is passed over.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::error::{FileError, StartError};

/// The oldest major version that will do.
pub(crate) const OLDEST: u32 = 15;

const PROGRAMS: [&str; 2] = ["initdb", "postgres"];

/// Where packages put several versions side by side: `{0}/{1}<version>/bin`.
const INSTALLATIONS: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql@"),
    ("/usr/local/opt", "postgresql@"),
];

/// A folder with PostgreSQL's server programs.
#[derive(Debug, PartialEq)]
pub(crate) struct Binaries {
    dir: PathBuf,
    major: u32,
}

impl Binaries {
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn major(&self) -> u32 {
        self.major
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// `None` when the folder lacks a program, or `postgres` does not tell its version.
    fn in_dir(dir: &Path) -> Option<Self> {
        // Follows `/usr/local/bin/initdb -> …`: PostgreSQL finds its libraries beside the real file.
        let initdb = fs::canonicalize(dir.join("initdb")).ok()?;
        let dir = initdb.parent()?;
        if missing_program(dir).is_some() {
            return None;
        }
        let output = Command::new(dir.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let major = parse_major(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self {
            dir: dir.to_owned(),
            major,
        })
    }
}

/// Where to look, and in which order.
pub(crate) struct Search {
    /// The only place that counts, when it is set.
    pub(crate) bin_dir: Option<PathBuf>,
    pub(crate) path: Option<OsString>,
    pub(crate) installations: Vec<(PathBuf, &'static str)>,
}

impl Search {
    /// Looks in `bin_dir`, or else in the usual places of this machine.
    pub(crate) fn of_this_machine(bin_dir: Option<PathBuf>) -> Self {
        let installations = INSTALLATIONS
            .iter()
            .map(|&(parent, prefix)| (parent.into(), prefix))
            .collect();
        Self {
            bin_dir,
            path: env::var_os("PATH"),
            installations,
        }
    }

    /// The first usable programs: of the version that made the cluster in `base`, when there is one.
    pub(crate) fn find(&self, base: &Path, made_by: Option<u32>) -> Result<Binaries, StartError> {
        let mut too_old = None;
        for binaries in self.candidates()? {
            if binaries.major < OLDEST {
                too_old.get_or_insert(binaries);
            } else if made_by.is_none_or(|major| major == binaries.major) {
                return Ok(binaries);
            }
        }
        Err(match (made_by, too_old) {
            (Some(major), _) => StartError::OtherMajor {
                base: base.to_owned(),
                major,
            },
            (None, Some(old)) => StartError::TooOld {
                dir: old.dir,
                major: old.major,
            },
            (None, None) => StartError::NoBinaries,
        })
    }

    /// The usable programs of the highest version after that which made the cluster, if there are any.
    pub(crate) fn newest_after(&self, made_by: u32) -> Result<Option<Binaries>, StartError> {
        let later = self
            .candidates()?
            .filter(|binaries| binaries.major > made_by);
        Ok(later.max_by_key(Binaries::major))
    }

    fn candidates(&self) -> Result<Box<dyn Iterator<Item = Binaries> + '_>, StartError> {
        if let Some(dir) = &self.bin_dir {
            let refused = |program| StartError::NotABinDir {
                dir: dir.clone(),
                program,
            };
            if let Some(program) = missing_program(dir) {
                return Err(refused(program));
            }
            let only = Binaries::in_dir(dir).ok_or_else(|| refused("postgres"))?;
            return Ok(Box::new(std::iter::once(only)));
        }
        let usual = pg_config(self.path.as_deref())
            .into_iter()
            .chain(self.on_path())
            .chain(self.installed());
        Ok(Box::new(usual.filter_map(|dir| Binaries::in_dir(&dir))))
    }

    fn on_path(&self) -> Vec<PathBuf> {
        self.path
            .iter()
            .flat_map(env::split_paths)
            .filter(|dir| dir.is_absolute())
            .collect()
    }

    /// The folders of versioned packages, newest first.
    fn installed(&self) -> Vec<PathBuf> {
        let mut found: Vec<(u32, PathBuf)> = Vec::new();
        for (parent, prefix) in &self.installations {
            for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
                let version = entry
                    .file_name()
                    .to_str()
                    .and_then(|name| name.strip_prefix(prefix)?.parse().ok());
                found.extend(version.map(|version| (version, entry.path().join("bin"))));
            }
        }
        found.sort_by(|a, b| b.cmp(a));
        found.into_iter().map(|(_, dir)| dir).collect()
    }
}

/// The major version that made the data in `data`; `None` where there are none yet.
pub(crate) fn made_by(data: &Path) -> Result<Option<u32>, FileError> {
    if !data.exists() {
        return Ok(None);
    }
    let file = data.join("PG_VERSION");
    let text = fs::read_to_string(&file).map_err(FileError::on("read", &file))?;
    let major = text
        .trim()
        .parse()
        .map_err(std::io::Error::other)
        .map_err(FileError::on("make sense of", &file))?;
    Ok(Some(major))
}

fn missing_program(dir: &Path) -> Option<&'static str> {
    PROGRAMS
        .into_iter()
        .find(|program| !dir.join(program).is_file())
}

/// What the first `pg_config` on the path says; most machines have none, which is no error.
fn pg_config(path: Option<&OsStr>) -> Option<PathBuf> {
    let program = env::split_paths(path?)
        .map(|dir| dir.join("pg_config"))
        .find(|file| file.is_file())?;
    let output = Command::new(program).arg("--bindir").output().ok()?;
    let dir = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(dir.trim_end())).filter(|dir| dir.is_absolute())
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian …)`, and `17beta1` too.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    let end = number
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(number.len());
    number[..end].parse().ok()
}

#[cfg(test)]
mod tests;
