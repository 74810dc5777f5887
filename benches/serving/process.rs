//! A server as a process of its own, and what the kernel says that it uses.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a server may take until it serves.
const PATIENCE: Duration = Duration::from_mins(1);

/// How many of the kernel's ticks a second has, on every architecture that this is built for.
const TICKS: f64 = 100.0;

/// A server that writes its log into a file; killed when it is dropped.
pub(crate) struct Process {
    child: Child,
    log: PathBuf,
    pub(crate) address: String,
}

impl Process {
    /// Starts a command that says on stderr, in a line of JSON, where it is listening.
    pub(crate) fn start(mut command: Command, log: &Path) -> Self {
        let file = OpenOptions::new().create(true).append(true).open(log);
        let file = file.expect("a file for the log");
        file.set_len(0).expect("an empty file");
        let stdio = Stdio::from(file);
        let child = command.stdin(Stdio::null()).stderr(stdio).spawn();
        let mut process = Self {
            child: child.expect("the program starts"),
            log: log.to_owned(),
            address: String::new(),
        };
        let deadline = Instant::now() + PATIENCE;
        while process.address.is_empty() {
            let said = fs::read_to_string(log).expect("the log");
            assert!(
                Instant::now() < deadline,
                "it does not serve, but says: {said}"
            );
            process.address = said.lines().find_map(listening).unwrap_or_default();
            thread::sleep(Duration::from_millis(20));
        }
        process
    }

    /// Empties the log, as those do who rotate logs.
    pub(crate) fn rotate(&self) {
        let log = File::options().write(true).open(&self.log);
        log.and_then(|log| log.set_len(0))
            .expect("the log is there");
    }

    /// The processor time it has used, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        let stat = self.proc("stat");
        // The name of the program, in parentheses, may hold anything.
        let (_, rest) = stat.rsplit_once(')').expect("a stat line");
        let ticks = rest.split_whitespace().skip(11).take(2);
        let ticks: f64 = ticks
            .map(|ticks| ticks.parse::<f64>().expect("ticks"))
            .sum();
        ticks / TICKS
    }

    /// Its resident memory in MB.
    pub(crate) fn memory(&self) -> f64 {
        self.status("VmRSS:") / 1024.0
    }

    /// The most resident memory that it has had, in MB.
    pub(crate) fn most_memory(&self) -> f64 {
        self.status("VmHWM:") / 1024.0
    }

    pub(crate) fn threads(&self) -> f64 {
        self.status("Threads:")
    }

    /// How many files and sockets it has open.
    pub(crate) fn descriptors(&self) -> f64 {
        let folder = format!("/proc/{}/fd", self.child.id());
        let open = fs::read_dir(folder).expect("it lives").count();
        u32::try_from(open).expect("a few").into()
    }

    fn status(&self, name: &str) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        number.unwrap_or_else(|| panic!("no {name} in {status}"))
    }

    fn proc(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).expect("it lives")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address in a line that tells it.
fn listening(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    line.get("listening")
        .and_then(Value::as_str)
        .map(str::to_owned)
}
