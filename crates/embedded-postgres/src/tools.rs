//! PostgreSQL's own programs for dumps, which are clients of a server, ours or another.
//!
//! They run as this process's user, and get a password by their environment: the arguments of a process are
//! everybody's to read. What our own environment says to libpq they hear about a server that is not ours:
//! whoever has it say how to get there safely has it say so for everybody who goes there.

mod brake;
mod target;

use std::{
    ffi::OsStr,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    Settings,
    binaries::{self, Search},
    error::{FileError, StartError, ToolError},
    site,
};

pub use brake::Brake;
pub use target::Target;

/// Where the programs are.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Their folder; `PATH` is asked when there is none.
    dir: Option<PathBuf>,
    brake: Brake,
}

impl Tools {
    /// Those of the version that made the cluster of these settings; of the first that will do where there
    /// is no cluster yet.
    pub fn of_cluster(settings: &Settings) -> Result<Self, StartError> {
        let made_by = made_by(settings)?;
        let search = Search::of_this_machine(settings.bin_dir.clone());
        let found = search.find(&settings.base_dir, made_by)?;
        Ok(Self::in_dir(found.dir().to_owned()))
    }

    /// Those of `PG_BIN_DIR`, if that is set, or on the path.
    pub fn of_this_machine(settings: &Settings) -> Self {
        Self {
            dir: settings.bin_dir.clone(),
            brake: Brake::default(),
        }
    }

    pub(crate) fn in_dir(dir: PathBuf) -> Self {
        Self {
            dir: Some(dir),
            brake: Brake::default(),
        }
    }

    /// What stops these programs.
    pub fn brake(&self) -> Brake {
        self.brake.clone()
    }

    /// Writes what one snapshot of a database holds into `to`, in `pg_dump`'s custom format. Who owns
    /// what is left out: whoever restores it will.
    pub fn dump(&self, from: &Target, to: &File) -> Result<(), ToolError> {
        let program = "pg_dump";
        let mut command = self.client(program, from);
        command.args(["--format=custom", "--no-owner", "--no-privileges"]);
        // Rather than behind somebody who changes the schema all night.
        command.arg("--lock-wait-timeout=60s");
        let stdout = to
            .try_clone()
            .map_err(FileError::on("share", Path::new(program)))?;
        self.run(program, command.stdout(stdout))
    }

    /// Reads a dump from its first byte to its last, and writes it nowhere.
    pub fn check(&self, dump: &Path) -> Result<(), ToolError> {
        let mut command = self.command("pg_restore");
        command
            .args(["--file=/dev/null", "--"])
            .arg(dump)
            .stdout(Stdio::null());
        self.run("pg_restore", &mut command)
    }

    /// The rows of one table of a dump: the text of `COPY`, each line a row.
    pub fn rows(&self, dump: &Path, table: &str) -> Result<Vec<String>, ToolError> {
        let program = "pg_restore";
        let mut command = self.command(program);
        command
            .args(["--data-only", "--file=-", "--table", table, "--"])
            .arg(dump);
        let output = command.output();
        let output = output.map_err(FileError::on("run", Path::new(program)))?;
        if !output.status.success() {
            return Err(self.failed(program, &output.stderr));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let rows = text.lines().skip_while(|line| !line.starts_with("COPY "));
        let rows = rows.skip(1).take_while(|line| *line != "\\.");
        Ok(rows.map(str::to_owned).collect())
    }

    /// Brings what a dump holds into a database without tables, in one transaction: all of it, or, however
    /// it ends, nothing.
    pub fn restore(&self, dump: &Path, into: &Target) -> Result<(), ToolError> {
        let program = "pg_restore";
        let mut command = self.client(program, into);
        command
            .args(["--single-transaction", "--exit-on-error"])
            .args(["--no-owner", "--no-privileges", "--"])
            .arg(dump)
            .stdout(Stdio::null());
        self.run(program, &mut command)
    }

    /// Runs a program whose output goes elsewhere.
    fn run(&self, program: &'static str, command: &mut Command) -> Result<(), ToolError> {
        let path = Path::new(program);
        let begun = self.brake.spawn(command.stderr(Stdio::piped()));
        let begun = begun.map_err(FileError::on("run", path))?;
        let mut child = begun.ok_or(ToolError::Interrupted(program))?;
        let mut said = Vec::new();
        let heard = child.stderr.take().map(|mut it| it.read_to_end(&mut said));
        let status = self.brake.wait(&mut child);
        let status = status.map_err(FileError::on("wait for", path))?;
        heard
            .transpose()
            .map_err(FileError::on("listen to", path))?;
        if status.success() {
            return Ok(());
        }
        Err(self.failed(program, &said))
    }

    /// Why a program has failed.
    fn failed(&self, program: &'static str, said: &[u8]) -> ToolError {
        if self.brake.is_pulled() {
            return ToolError::Interrupted(program);
        }
        let reason = reason(said);
        ToolError::Failed { program, reason }
    }

    fn client(&self, program: &str, target: &Target) -> Command {
        let mut command = self.hearing(program, |name| !target.is_ours && names_a_server(name));
        command
            .arg("--no-password")
            .arg("--dbname")
            .arg(&target.url);
        if let Some(password) = &target.password {
            command.env("PGPASSWORD", password);
        }
        command
    }

    /// One that goes to no server.
    fn command(&self, program: &str) -> Command {
        self.hearing(program, |_| false)
    }

    /// One that has, of the variables that mean something to PostgreSQL's programs, those that are for it.
    fn hearing(&self, program: &str, is_for_it: impl Fn(&OsStr) -> bool) -> Command {
        let program = match &self.dir {
            Some(dir) => dir.join(program),
            None => program.into(),
        };
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PG") && !is_for_it(&name) {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C").stdin(Stdio::null());
        command
    }
}

/// The major version that made the cluster in the folder of these settings; none when there is none yet.
/// Claims nothing, and starts nothing.
pub fn made_by(settings: &Settings) -> Result<Option<u32>, StartError> {
    let data = site::data_of(&settings.base_dir)?;
    Ok(binaries::made_by(&data)?)
}

/// Whether a variable says where a server is, or how to get there: not how a program shows what it has to
/// say, nor in which letters a dump is written.
fn names_a_server(name: &OsStr) -> bool {
    !name.as_encoded_bytes().starts_with(b"PG_") && name != "PGCLIENTENCODING"
}

/// The first line that says what went wrong: those after it are mostly what came of it.
fn reason(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines()
        .find(|line| line.contains("error:"))
        .or_else(|| lines().next());
    let line = line.unwrap_or("it wrote nothing");
    let reason = line.split_once("error: ").map(|(_, reason)| reason);
    reason.unwrap_or(line).to_owned()
}
