//! The user who runs PostgreSQL, which refuses to run as root.
//!
//! An ordinary user runs it as itself. Root runs it as `postgres`, or `nobody` where there is no
//! such user; once the data exist, as their owner, whatever users come and go.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::Path,
    process::{Command, Stdio},
};

use crate::error::{FileError, StartError};

/// Who runs PostgreSQL's programs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Account {
    Me,
    /// Somebody else, which only root can arrange.
    Other {
        uid: u32,
        gid: u32,
    },
}

/// The user this process acts as.
pub(crate) fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

pub(crate) fn is_root() -> bool {
    me() == 0
}

impl Account {
    /// The account for a new cluster.
    pub(crate) fn choose() -> Result<Self, StartError> {
        if !is_root() {
            return Ok(Self::Me);
        }
        let (uid, gid) = first_known(&["postgres", "nobody"]).ok_or(StartError::NoAccount)?;
        Ok(Self::Other { uid, gid })
    }

    /// The account that owns the data in `data`.
    pub(crate) fn owner_of(data: &Path) -> Result<Self, FileError> {
        if !is_root() {
            return Ok(Self::Me);
        }
        let metadata = fs::metadata(data).map_err(FileError::on("look at", data))?;
        Ok(Self::Other {
            uid: metadata.uid(),
            gid: metadata.gid(),
        })
    }

    pub(crate) fn uid(&self) -> u32 {
        match self {
            Self::Me => me(),
            Self::Other { uid, .. } => *uid,
        }
    }

    /// A command that runs `program` as this account, deaf to what our own environment says about
    /// PostgreSQL, and in its own process group: Ctrl-C on a terminal reaches us and not it.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .stdin(Stdio::null())
            .current_dir("/")
            .process_group(0)
            .env("LC_ALL", "C");
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PG") {
                command.env_remove(name);
            }
        }
        if let Self::Other { uid, gid } = self {
            // This drops root's supplementary groups as well.
            command.uid(*uid).gid(*gid);
        }
        command
    }

    /// Gives the account a folder that we have just made.
    pub(crate) fn give(&self, dir: &Path) -> Result<(), FileError> {
        match self {
            Self::Me => Ok(()),
            Self::Other { uid, gid } => {
                chown(dir, Some(*uid), Some(*gid)).map_err(FileError::on("give away", dir))
            }
        }
    }

    /// Asks the only one who knows, the kernel: modes do not tell of access lists or of mounts.
    pub(crate) fn can_enter(&self, dir: &Path) -> Result<bool, FileError> {
        if matches!(self, Self::Me) {
            return Ok(true);
        }
        let shell = Path::new("/bin/sh");
        let mut command = self.command(shell);
        command
            .args(["-c", r#"cd -- "$0""#])
            .arg(dir)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let status = command
            .status()
            .map_err(FileError::on("run, as PostgreSQL's user,", shell))?;
        Ok(status.success())
    }
}

/// The user and group numbers of the first of some users whom the system knows.
fn first_known(names: &[&str]) -> Option<(u32, u32)> {
    names
        .iter()
        .find_map(|name| Some((id("-u", name)?, id("-g", name)?)))
}

/// A number from `id`, which asks every source of users that the system has.
fn id(option: &str, user: &str) -> Option<u32> {
    let output = Command::new("id")
        .args([option, user])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stdout)
        .ok()?
        .trim()
        .parse()
        .ok()
        .filter(|_| output.status.success())
}

#[cfg(test)]
mod tests {
    use super::first_known;

    #[test]
    fn a_user_who_is_not_there_is_passed_over() {
        assert_eq!(first_known(&["no-such-user", "root"]), Some((0, 0)));
    }

    #[test]
    fn where_nobody_is_known_there_is_nobody() {
        assert_eq!(first_known(&["no-such-user"]), None);
    }
}
