//! `org-api import …`

use std::path::PathBuf;

use org_domain::import::{Imports, Options, RowError, Source, Summary};
use org_domain::time_zone::TimeZone;
use org_import::{ArchiveFile, NdjsonFile};
use org_kernel::audit::Origin;
use org_kernel::chain;
use serde_json::{Value, json};
use time::Date;

use crate::cli::{ImportArgs, ImportFormat};
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::progress::Bar;

pub(super) fn run(
    arguments: &ImportArgs,
    database: &Database,
    output: Output,
) -> Result<(), Failure> {
    let organization = database.organization(&arguments.org)?;
    let files = sources(arguments, &organization.facts.time_zone)?;
    let bytes = arguments
        .files
        .iter()
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len());
    let bar = Bar::of(bytes.sum())?;
    let imports = Imports::new(database.store(), clock(), ids());
    let options = Options {
        dry_run: arguments.dry_run,
    };
    let outcome = imports.run(
        (organization.id, &Origin::OPERATOR),
        &files,
        options,
        &mut |progress| {
            bar.show(progress);
        },
    );
    bar.finish();
    if !arguments.dry_run {
        announce(database);
    }
    match outcome {
        Ok(summary) => show(&summary, arguments.dry_run, output),
        Err(stopped) => {
            // What the rows before it said is told as well, and is not why the command failed.
            if let Err(told @ Failure::Failed(_)) =
                show(&stopped.summary, arguments.dry_run, output)
            {
                return Err(told);
            }
            Err(Failure::of(&stopped))
        }
    }
}

/// Tells the servers of this database that there may be events. They find them by themselves too, a
/// little later.
fn announce(database: &Database) {
    if let Err(error) = database.store().announce() {
        tracing::warn!(error = chain(&error), "no server was told of the import");
    }
}

/// The files, each behind the reader of its format.
fn sources(arguments: &ImportArgs, zone: &TimeZone) -> Result<Vec<Box<dyn Source>>, Failure> {
    let today = today(zone)?;
    let source = |file: &PathBuf| -> Box<dyn Source> {
        match arguments.format {
            ImportFormat::Ndjson => Box::new(NdjsonFile::new(file)),
            ImportFormat::Nyphil => Box::new(ArchiveFile::new(file, zone.clone(), today)),
        }
    };
    Ok(arguments.files.iter().map(source).collect())
}

/// The day that it is in the organization's zone.
pub(super) fn today(zone: &TimeZone) -> Result<Date, Failure> {
    let today = zone.date_at(clock().now());
    today.ok_or_else(|| Failure::Failed("the clock is out of range".to_owned()))
}

fn show(summary: &Summary, dry_run: bool, output: Output) -> Result<(), Failure> {
    for error in &summary.errors {
        say(line(error));
    }
    output.show(&answer(summary), |_| tell(summary, dry_run))?;
    if summary.is_clean() {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

fn answer(summary: &Summary) -> Value {
    json!({
        "read": summary.read,
        "created": summary.created,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "rejected": summary.rejected,
        "errors": summary.errors.iter().map(|error| json!({
            "file": error.file,
            "line": error.line,
            "field": error.field,
            "message": error.message,
        })).collect::<Vec<_>>(),
    })
}

/// `season.ndjson:7: endDate: must not be before startDate`
fn line(error: &RowError) -> String {
    let line = error
        .line
        .map(|line| format!(":{line}"))
        .unwrap_or_default();
    let field = error
        .field
        .as_ref()
        .map(|field| format!("{field}: "))
        .unwrap_or_default();
    format!("{}{line}: {field}{}", error.file, error.message)
}

fn tell(summary: &Summary, dry_run: bool) -> String {
    let Summary {
        read,
        created,
        updated,
        unchanged,
        rejected,
        errors,
    } = summary;
    let would = if dry_run {
        "nothing was kept; it would be "
    } else {
        ""
    };
    let mut told = format!(
        "{read} read: {would}{created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected"
    );
    if errors.len() == Summary::MAX_ERRORS {
        told.push_str("; of the errors, the first hundred are shown");
    }
    told
}
