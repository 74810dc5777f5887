//! Has other languages' programs verify messages, which they find in files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::cases::{Case, Verdict};
use crate::message::Received;

/// What runs the modules of a language.
pub(crate) struct Runner {
    /// The program and what comes before the names of the driver, the module and the messages.
    program: PathBuf,
    options: &'static [&'static str],
    driver: &'static str,
    extension: &'static str,
}

/// Python, with the libraries that are installed beside `program` if any are.
pub(crate) fn python(program: impl Into<PathBuf>) -> Runner {
    Runner {
        program: program.into(),
        options: &["-I"],
        driver: "run.py",
        extension: "py",
    }
}

/// Node.js.
pub(crate) fn node() -> Runner {
    Runner {
        program: "node".into(),
        options: &[],
        driver: "run.mjs",
        extension: "mjs",
    }
}

/// bash, without what a user has it do at its start.
pub(crate) fn bash() -> Runner {
    Runner {
        program: "bash".into(),
        options: &["--norc"],
        driver: "run.sh",
        extension: "sh",
    }
}

impl Runner {
    /// Holds a module, given as its text, to what is expected of every message.
    ///
    /// Node.js looks for a module's libraries in the folders above it, which `folder` is one of.
    pub(crate) fn hold(&self, module: &str, folder: &Path, cases: &[Case]) {
        let messages: Vec<_> = cases.iter().map(|(_, _, message)| message).collect();
        let output = self.run(module, folder, &messages);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}\n{errors}", output.status);
        let printed = String::from_utf8(output.stdout).expect("text");
        let verdicts: Vec<_> = printed.lines().map(verdict).collect();
        assert_eq!(verdicts.len(), cases.len(), "{printed}\n{errors}");
        for ((name, expected, message), verdict) in cases.iter().zip(verdicts) {
            assert_eq!(verdict, *expected, "{name}: {message:?}\n{errors}");
        }
    }

    /// Runs a module on messages, each in a folder of its own.
    pub(crate) fn run(&self, module: &str, folder: &Path, messages: &[&Received]) -> Output {
        let folder = TempDir::new_in(folder).expect("a folder");
        let path = folder.path().join("module").with_extension(self.extension);
        fs::write(&path, module).expect("the module is written");
        let saved = folder.path().join("messages");
        for (message, number) in messages.iter().zip(1000..) {
            save(message, &saved.join(format!("{number}")));
        }
        let drivers = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/receivers"
        ));
        let mut command = Command::new(&self.program);
        command.args(self.options).arg(drivers.join(self.driver));
        let output = command.arg(&path).arg(&saved).output();
        output.unwrap_or_else(|why| {
            let program = self.program.display();
            panic!("{program} does not run ({why}): `scripts/test` installs what is missing")
        })
    }
}

fn save(message: &Received, folder: &Path) {
    let lines = message.headers.iter();
    let lines = lines.map(|(name, value)| format!("{name}: {value}\r\n"));
    fs::create_dir_all(folder).expect("a folder");
    for (name, bytes) in [
        ("headers", lines.collect::<String>().as_bytes()),
        ("body", &message.body),
        ("secrets", message.secrets.join(" ").as_bytes()),
    ] {
        fs::write(folder.join(name), bytes).expect("a file is written");
    }
}

fn verdict(line: &str) -> Verdict {
    let (message, body) = line.split_once(' ').expect("two verdicts");
    Verdict {
        message: message.parse().expect("a verdict"),
        body: body.parse().expect("a verdict"),
    }
}
