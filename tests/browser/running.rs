//! Runs a case with Node.js, and fails with what it says.

use std::process::Command;

use crate::installed::libraries;
use crate::stage::Stage;

/// A program of `cases/`, and what it is told.
pub(crate) struct Case {
    name: &'static str,
    command: Command,
}

impl Case {
    /// The case `cases/<name>.mjs`.
    pub(crate) fn of(name: &'static str) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/browser/cases");
        let mut command = Command::new("node");
        command.arg(format!("{folder}/{name}.mjs"));
        command.env("BROWSER_LIBRARIES", libraries());
        Self { name, command }
    }

    /// Tells it more, as `BROWSER_<name>`.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(format!("BROWSER_{name}"), value);
        self
    }

    /// Runs it on this stage.
    ///
    /// # Panics
    /// With all that it found wrong.
    pub(crate) fn on(mut self, stage: &Stage) {
        self.command.env("BROWSER_BASE", stage.base());
        let output = self.command.output();
        let output = output.unwrap_or_else(|why| {
            panic!("node does not run ({why}): `scripts/test` installs what is missing")
        });
        let [said, errors] =
            [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
        assert!(output.status.success(), "{}: {said}{errors}", self.name);
    }
}
