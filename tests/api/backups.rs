//! Backups, and what is restored from them.

mod broken_off;
mod databases;
mod files;
mod rows;
mod under_load;
mod upgrades;

use std::path::Path;
use std::process::{Command, Output};

use diesel::prelude::*;
use serde_json::Value;

use crate::command::program;

/// A command on the embedded database of a folder.
fn embedded(data: &Path, command: &str, file: &Path) -> Command {
    let mut program = program();
    program.args(["--json", "--data-dir"]).arg(data);
    program.arg(command).arg(file);
    program
}

fn done(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// The one line of a command that failed.
fn refusal(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    said.trim_end().to_owned()
}

/// How many rows a statement answers or changes.
fn execute(conn: &mut PgConnection, statement: &str) -> usize {
    let done = diesel::sql_query(statement).execute(conn);
    done.unwrap_or_else(|why| panic!("{statement}: {why}"))
}
