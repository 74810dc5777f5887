//! Makes the data of a new cluster, with the application's role and database.
//!
//! All of it happens in `data.new`, with the server's own programs, and a rename makes it `data`: a
//! crash at any point leaves either nothing that counts or a whole cluster. The role and the
//! database are made in single-user mode, which needs neither a server nor a client.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    APPLICATION_DATABASE, APPLICATION_ROLE, Durability, SUPERUSER,
    binaries::Binaries,
    error::{FileError, StartError},
    files, log,
    site::Site,
};

/// The order of strings is that of their code points, and upper and lower case are known.
#[cfg(not(target_os = "macos"))]
const LOCALE: &[&str] = &["--locale=C.UTF-8"];
/// The same, on a system that has no such locale.
#[cfg(target_os = "macos")]
const LOCALE: &[&str] = &["--locale=C", "--lc-ctype=UTF-8"];

/// Makes `data`. `log` is locked, and every program inherits it: if we are killed half-way, the next
/// launcher waits until they have ended before it clears up.
pub(crate) fn initialize(
    site: &Site,
    binaries: &Binaries,
    durability: Durability,
    log: &File,
) -> Result<(), StartError> {
    let data = &site.unfinished_data();
    files::remove_folder(data)?;
    site.make_private(data)?;
    let workshop = Workshop {
        site,
        binaries,
        data,
        log,
    };
    workshop.make_cluster()?;
    workshop.make_role_and_database(durability)?;
    if durability == Durability::Safe {
        workshop.sync()?;
    }
    fs::rename(data, site.data()).map_err(FileError::on("rename", data))?;
    files::sync_folder(site.home())?;
    tracing::info!(data = %site.data().display(), "made a PostgreSQL cluster");
    Ok(())
}

struct Workshop<'a> {
    site: &'a Site,
    binaries: &'a Binaries,
    data: &'a Path,
    log: &'a File,
}

impl Workshop<'_> {
    fn make_cluster(&self) -> Result<(), StartError> {
        let mut command = self.command("initdb");
        command.args([
            "--no-sync",
            "--no-instructions",
            "--auth-local=trust",
            "--auth-host=reject",
        ]);
        command
            .arg("--encoding=UTF8")
            .args(LOCALE)
            .arg(format!("--username={SUPERUSER}"));
        self.run("initdb", command.arg("--pgdata").arg(self.data), "")
    }

    fn make_role_and_database(&self, durability: Durability) -> Result<(), StartError> {
        let mut command = self.command("postgres");
        command.args([
            "--single",
            "-F",
            "-c",
            "exit_on_error=on",
            "-c",
            "log_checkpoints=off",
        ]);
        let statements = role_and_database(durability);
        self.run(
            "postgres",
            command.arg("-D").arg(self.data).arg("postgres"),
            &statements,
        )
    }

    /// Once for all files, rather than after each step.
    fn sync(&self) -> Result<(), StartError> {
        let mut command = self.command("initdb");
        self.run(
            "initdb",
            command.arg("--sync-only").arg("--pgdata").arg(self.data),
            "",
        )
    }

    fn command(&self, program: &str) -> Command {
        self.site.account().command(&self.binaries.program(program))
    }

    /// Runs a program to its end, with `input` on its standard input.
    fn run(
        &self,
        program: &'static str,
        command: &mut Command,
        input: &str,
    ) -> Result<(), StartError> {
        let path = Path::new(program);
        let log = self.site.base().log();
        let since = log::length(self.log, &log)?;
        let stderr = self.log.try_clone().map_err(FileError::on("share", &log))?;
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(stderr);
        let mut child = command.spawn().map_err(FileError::on("run", path))?;
        // Dropping the pipe's end is what ends single-user mode.
        let written = child
            .stdin
            .take()
            .map(|mut pipe| pipe.write_all(input.as_bytes()));
        let status = child.wait().map_err(FileError::on("wait for", path))?;
        if !status.success() {
            return Err(StartError::Program {
                program,
                reason: log::reason(&log, since),
                log,
            });
        }
        Ok(written
            .unwrap_or(Ok(()))
            .map_err(FileError::on("write to", path))?)
    }
}

/// One statement a line, as single-user mode wants it. Nothing escapes row-level security but the
/// superuser, and the application's role can never become that.
fn role_and_database(durability: Durability) -> String {
    let databases = match durability {
        Durability::Safe => "NOCREATEDB",
        // Tests clone a database each.
        Durability::ForTests => "CREATEDB",
    };
    format!(
        "CREATE ROLE {APPLICATION_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {databases};\n\
         CREATE DATABASE {APPLICATION_DATABASE} OWNER {APPLICATION_ROLE};\n"
    )
}
