//! `org-api backup`: one snapshot of the database in a file, whole or not there.

pub(super) mod checksum;

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use org_embedded_postgres::{Target, Tools, made_by};
use org_store::migrations::TABLE_OF_VERSIONS;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use serde_json::json;

use super::interruption;
use crate::database::Database;
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::settings::Settings;

pub(super) fn run(file: &Path, settings: &Settings, output: Output) -> Result<(), Failure> {
    let tools = tools(settings)?;
    interruption::stops(&tools)?;
    let mut partial = Partial::of(file)?;
    refuse_what_is_not_there(settings)?;
    let database = Database::open_once(settings)?;
    tools.dump(&target(&database)?, &partial.file)?;
    let versions = versions(&tools, &partial.path)?;
    let Some(schema) = versions.last() else {
        return Err(Failure::Failed(
            "there is nothing to back up: the database has no schema".to_owned(),
        ));
    };
    let bytes = checksum::append(&mut partial.file)?;
    partial.become_whole(file)?;
    remind(settings);
    let name = file.display();
    let answer = json!({ "file": name.to_string(), "bytes": bytes, "schema": schema });
    output.show(&answer, |_| {
        format!("{name} holds the database, {bytes} bytes, schema {schema}")
    })
}

/// PostgreSQL's programs for the database of these settings: those of the embedded cluster's version, or
/// those on the path.
pub(super) fn tools(settings: &Settings) -> Result<Tools, Failure> {
    let cluster = org_embedded_postgres::Settings::new(&settings.data_dir);
    Ok(if settings.database_url.is_some() {
        Tools::of_this_machine(&cluster)
    } else {
        Tools::of_cluster(&cluster)?
    })
}

/// The database, for PostgreSQL's programs.
pub(super) fn target(database: &Database) -> Result<Target, Failure> {
    let url = database.url().as_str();
    Ok(if database.is_embedded() {
        Target::of_cluster(url)?
    } else {
        Target::of(url)?
    })
}

/// The versions of the schema in a dump, in their order.
pub(super) fn versions(tools: &Tools, dump: &Path) -> Result<Vec<String>, Failure> {
    let rows = tools.rows(dump, TABLE_OF_VERSIONS)?;
    let versions = rows.iter().filter_map(|row| row.split('\t').next());
    let mut versions: Vec<_> = versions.map(str::to_owned).collect();
    versions.sort();
    Ok(versions)
}

/// To open the database of a folder that has none would be to make one.
fn refuse_what_is_not_there(settings: &Settings) -> Result<(), Failure> {
    let cluster = org_embedded_postgres::Settings::new(&settings.data_dir);
    if settings.database_url.is_none() && made_by(&cluster)?.is_none() {
        let folder = settings.data_dir.display();
        return Err(Failure::Failed(format!(
            "there is nothing to back up: {folder} holds no database"
        )));
    }
    Ok(())
}

fn remind(settings: &Settings) {
    let place = match (&settings.master_key, &settings.database_url) {
        (None, None) => format!("{}/master-key", settings.data_dir.display()),
        _ => "ORG_API_MASTER_KEY".to_owned(),
    };
    say(format!(
        "the master key ({place}) is not in it: keep a copy of it in another place"
    ));
}

/// The file while it is written, which only its owner can read. It goes when the backup fails.
struct Partial {
    file: File,
    path: PathBuf,
    /// Whether it is another file's name now, or all that there is of a whole backup.
    stays: bool,
}

impl Partial {
    fn of(file: &Path) -> Result<Self, Failure> {
        if file.symlink_metadata().is_ok() {
            return Err(exists(file));
        }
        let mut path = OsString::from(file);
        path.push(".partial");
        let path = PathBuf::from(path);
        let created = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        let file = created.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::Failed(format!(
                "{} is there already: another backup is writing it, or one was killed; remove it in the second case",
                path.display()
            )),
            _ => Failure::during(format!("cannot write {}", path.display()), &error),
        })?;
        Ok(Self {
            file,
            path,
            stays: false,
        })
    }

    /// Makes sure that the disk has it, and gives it its name, if nobody else has taken it meanwhile.
    fn become_whole(&mut self, file: &Path) -> Result<(), Failure> {
        self.file.sync_all()?;
        self.stays = true;
        let renamed = renameat_with(CWD, &self.path, CWD, file, RenameFlags::NOREPLACE);
        renamed.map_err(|error| {
            let partial = self.path.display();
            let what = format!("the backup is whole, as {partial}, and was not renamed");
            Failure::during(what, &error)
        })?;
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.stays
            && let Err(error) = fs::remove_file(&self.path)
        {
            say(format!("cannot remove {}: {error}", self.path.display()));
        }
    }
}

fn exists(file: &Path) -> Failure {
    Failure::Failed(format!(
        "{} is there already: give the backup a name that is free",
        file.display()
    ))
}
