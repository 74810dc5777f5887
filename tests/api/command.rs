//! Runs the program's commands as a person or a script would.

use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program that the workspace builds.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_org-api");

/// The program with nothing of the test runner's environment that could be a setting.
pub(crate) fn program() -> Command {
    let mut command = Command::new(PROGRAM);
    for (name, _) in std::env::vars_os() {
        if name == "DATABASE_URL" || name.as_encoded_bytes().starts_with(b"ORG_API_") {
            command.env_remove(name);
        }
    }
    // A server of a test is told to stop by nobody who shares out requests.
    command.env("ORG_API_STOP_DELAY_MS", "0");
    command.stdin(Stdio::null());
    command
}

/// Runs a command on the database at `url`.
pub(crate) fn run(url: &str, arguments: &[&str]) -> Output {
    program()
        .args(["--database-url", url])
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// Runs a command on the database at `url` and reads the one JSON object that it prints.
pub(crate) fn json(url: &str, arguments: &[&str]) -> Value {
    let output = run(url, &[&["--json"], arguments].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// The text of one field of an object.
pub(crate) fn text(object: &Value, field: &str) -> String {
    object[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} of {object}"))
        .to_owned()
}
