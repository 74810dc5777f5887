//! `org-api restore`: a backup in a database that has no tables yet, all of it or nothing.

use std::fs::File;
use std::path::Path;

use org_embedded_postgres::Tools;
use org_store::migrations::{self, FillError};
use serde_json::json;

use super::backup::{checksum, target, tools, versions};
use super::interruption;
use crate::database::Database;
use crate::failure::Failure;
use crate::output::Output;
use crate::settings::Settings;

pub(super) fn run(file: &Path, settings: &Settings, output: Output) -> Result<(), Failure> {
    let tools = tools(settings)?;
    interruption::stops(&tools)?;
    // Before anything is made or changed.
    let schema = look_through(file, &tools)?;
    let database = Database::open_once(settings)?;
    let target = target(&database)?;
    let filled = migrations::fill(database.url(), || tools.restore(file, &target));
    let name = file.display();
    filled.map_err(|error| match error {
        FillError::NotEmpty => Failure::Failed(format!(
            "{name} was not restored: the database is not empty; give `--data-dir` a new folder, or \
             `--database-url` a database without tables"
        )),
        FillError::Fill(error) => Failure::during(format!("{name} was not restored"), &error),
        FillError::Store(error) => Failure::during(format!("{name} was not restored"), &error),
    })?;
    let answer = json!({ "file": name.to_string(), "schema": schema });
    output.show(&answer, |_| {
        format!("{name} is restored, schema {schema}; its master key goes with it, before a server starts")
    })
}

/// Makes sure that a file is a whole backup, and of a version that this program knows; answers which.
fn look_through(file: &Path, tools: &Tools) -> Result<String, Failure> {
    let name = file.display();
    let unreadable = |error| Failure::during(format!("cannot read {name}"), &error);
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(Failure::Failed(format!("{name} is no regular file")));
    }
    let opened = File::open(file).and_then(|mut file| checksum::damage(&mut file));
    if let Some(damage) = opened.map_err(unreadable)? {
        return Err(Failure::during(
            format!("{name} is no whole backup"),
            &damage,
        ));
    }
    tools
        .check(file)
        .map_err(|error| Failure::during(format!("{name} is not to be restored"), &error))?;
    let versions = versions(tools, file)?;
    let known = migrations::known()?;
    if let Some(unknown) = versions.iter().find(|version| !known.contains(version)) {
        return Err(Failure::Failed(format!(
            "{name} is of a newer version: this program does not know schema {unknown}"
        )));
    }
    let schema = versions.last().cloned();
    schema.ok_or_else(|| Failure::Failed(format!("{name} is no backup of this program's database")))
}
