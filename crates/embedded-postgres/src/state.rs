//! What is known of the server: from the file that it keeps in its data folder, and from its socket.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    error::{FileError, StartError},
    files,
    site::Site,
    socket,
};

/// What `postmaster.pid` says. Nobody has said that it is still true.
#[derive(Debug, Default, PartialEq)]
struct Claim {
    /// `None` if there is no number, or none that a server of ours could have.
    pid: Option<u32>,
    ready: bool,
}

/// The folder of the socket, if a server is ready and answers there.
pub(crate) fn ready_at(site: &Site) -> Result<Option<PathBuf>, FileError> {
    if read(site).is_some_and(|claim| claim.ready) {
        Ok(socket::locate(site)?.filter(|dir| socket::answers(dir)))
    } else {
        Ok(None)
    }
}

/// The process to send signals to. Its number is believed while somebody listens on its socket; a server that
/// stands still answers nobody, and ends when it goes on. For a moment after the server was killed the number
/// is nobody's.
pub(crate) fn live_server(site: &Site) -> Result<Option<u32>, FileError> {
    let listening = socket::locate(site)?.filter(|dir| socket::accepts(dir));
    Ok(listening.and_then(|_| read(site)?.pid))
}

/// Removes a `postmaster.pid` before which PostgreSQL would give way, because its number now is
/// another program's, or a crash of the machine has emptied it. The caller knows from the log's lock
/// that no server of ours is left.
pub(crate) fn clear_stale_claim(site: &Site) -> Result<(), StartError> {
    let Some(Claim { pid, .. }) = read(site) else {
        return Ok(());
    };
    let data = site.data();
    if let Some(pid) = pid.filter(|pid| is_server_on(*pid, &data)) {
        return Err(StartError::ForeignServer { pid, data });
    }
    files::remove_file(&claim_file(site))?;
    tracing::info!("the last PostgreSQL was killed: it recovers from its write-ahead log");
    Ok(())
}

fn claim_file(site: &Site) -> PathBuf {
    site.data().join("postmaster.pid")
}

/// `None` where there is no such file.
fn read(site: &Site) -> Option<Claim> {
    let text = fs::read(claim_file(site)).ok()?;
    Some(parse(&String::from_utf8_lossy(&text)))
}

/// The first line is the process's number, the eighth its state. Numbers that mean a group of
/// processes, or the first of all, to `kill` are refused.
fn parse(text: &str) -> Claim {
    let mut lines = text.lines();
    let number = lines.next().and_then(|line| line.trim().parse().ok());
    Claim {
        pid: number.filter(|pid| *pid > 1),
        ready: lines.nth(6).is_some_and(|state| state.trim() == "ready"),
    }
}

/// Whether the process is a server that somebody started by hand on these data: a server works in
/// its data folder. Where the system does not say, anything that is called `postgres` counts.
#[cfg(target_os = "linux")]
fn is_server_on(pid: u32, data: &Path) -> bool {
    match fs::read_link(format!("/proc/{pid}/cwd")) {
        Ok(dir) => dir == data,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(_) => fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| {
            let program = line.split(|byte| *byte == 0).next().unwrap_or_default();
            is_called_postgres(&String::from_utf8_lossy(program))
        }),
    }
}

#[cfg(not(target_os = "linux"))]
fn is_server_on(pid: u32, _data: &Path) -> bool {
    let output = std::process::Command::new("ps")
        .args(["-o", "comm=", "-p", &pid.to_string()])
        .output();
    output.is_ok_and(|output| is_called_postgres(String::from_utf8_lossy(&output.stdout).trim()))
}

fn is_called_postgres(program: &str) -> bool {
    Path::new(program)
        .file_name()
        .is_some_and(|name| name == "postgres" || name == "postmaster")
}

#[cfg(test)]
mod tests;
