//! The clock of the machine steps, forward and back.

use std::path::{Path, PathBuf};

use super::ground::Ground;
use super::stage::Stage;
use crate::command::program;
use crate::server::Server;
use crate::skipping::skip;

/// The library that tells a program another time, as its package installs it.
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";

/// What a server believes the time to be: the machine's, and so many seconds more.
struct Clock {
    library: PathBuf,
    offset: tempfile::NamedTempFile,
}

impl Clock {
    /// None where there is no such library.
    fn new() -> Option<Self> {
        let clock = Self {
            library: library()?,
            offset: tempfile::NamedTempFile::new().expect("a file"),
        };
        clock.step_to(0);
        Some(clock)
    }

    /// Written aside and renamed, so that nobody reads half of it.
    fn step_to(&self, seconds: i64) {
        let aside = self.offset.path().with_extension("new");
        std::fs::write(&aside, format!("{seconds:+}\n")).expect("written");
        std::fs::rename(&aside, self.offset.path()).expect("renamed");
    }

    /// A server that lives by this clock. Monotonic time goes on as it does on every machine.
    fn server(&self, url: &str) -> Server {
        let mut serve = program();
        serve.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
        serve.env("LD_PRELOAD", &self.library);
        serve.env("FAKETIME_TIMESTAMP_FILE", self.offset.path());
        serve.env("FAKETIME_NO_CACHE", "1");
        serve.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        serve.env("FAKETIME_DISABLE_SHM", "1");
        Server::spawn(serve)
    }
}

fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?;
    let folders = folders.filter_map(|folder| Some(folder.ok()?.path()));
    let found = folders.map(|folder| folder.join(LIBRARY));
    let mut found = found.filter(|library| Path::is_file(library));
    found.next()
}

#[test]
fn a_clock_that_steps_loses_nothing_and_does_nothing_twice() {
    let Some(clock) = Clock::new() else {
        skip(&format!(
            "a clock that steps: there is no {LIBRARY} under /usr/lib"
        ));
        return;
    };
    let ground = Ground::new();
    let stage = Stage::new(&ground.url, clock.server(&ground.url));
    stage.endure("the clock steps", |_, readers| {
        for seconds in [3600, -3600, 0, 40_000, -40_000, 59, 0] {
            clock.step_to(seconds);
            readers.until_answered(50);
        }
    });
}
