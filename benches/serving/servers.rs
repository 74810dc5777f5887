//! The servers that are measured, each a process of its own.

use std::path::Path;
use std::process::Command;

use crate::command::program;
use crate::process::Process;
use crate::stage::{Ground, Stage};

/// The bytes 0 to 31 in base64.
const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(crate) struct Servers {
    pub(crate) ours: Process,
    pub(crate) bare: Process,
}

impl Servers {
    pub(crate) fn of(stage: &Stage, ground: &Ground) -> Self {
        Self {
            ours: ours(&ground.url, &stage.folder().join("ours.log")),
            bare: bare(&ground.url, &stage.folder().join("bare.log")),
        }
    }
}

/// The program, with everything on.
pub(crate) fn ours(url: &str, log: &Path) -> Process {
    let mut serve = program();
    serve.env("ORG_API_MASTER_KEY", MASTER_KEY);
    serve.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
    serve.args(["--metrics-listen", "127.0.0.1:0"]);
    Process::start(serve, log)
}

/// This program again, as a server.
fn bare(url: &str, log: &Path) -> Process {
    let this = std::env::current_exe().expect("this program is a file");
    let mut serve = Command::new(this);
    serve.args(["--bare", url]);
    Process::start(serve, log)
}
