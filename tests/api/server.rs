//! A server process of one test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::client::Client;
use crate::command::program;

/// How long anything may take that is expected to happen.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// How often there is a look whether something has happened.
const MOMENT: Duration = Duration::from_millis(100);

/// For a server whose requests may wait as long for the database: no slow machine and no lock that a
/// test holds makes them give up.
pub(crate) const PATIENT: &[&str] = &["--database-wait-ms", "60000"];

/// A running server, killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    lines: Mutex<mpsc::Receiver<String>>,
    /// What was said until it served.
    before: Vec<String>,
    address: String,
}

impl Server {
    /// Serves the database at `url` on a free port.
    pub(crate) fn start(url: &str) -> Self {
        Self::start_with(url, &[])
    }

    /// The same, with these arguments too.
    pub(crate) fn start_with(url: &str, arguments: &[&str]) -> Self {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
        command.args(arguments);
        Self::spawn(command)
    }

    /// Runs a command that serves, and waits until it says where.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = lines_of(&mut child);
        let mut server = Self {
            child,
            lines: Mutex::new(lines),
            before: Vec::new(),
            address: String::new(),
        };
        server.wait_until_it_serves();
        server
    }

    fn wait_until_it_serves(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while self.address.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = self.next_line(left);
            let line = line.unwrap_or_else(|why| panic!("{why}, having said {:#?}", self.before));
            self.address = listening(&line).unwrap_or_default();
            self.before.push(line);
        }
    }

    /// What followed `start` on a line that was said before the server served.
    pub(crate) fn said(&self, start: &str) -> String {
        let mut lines = self
            .before
            .iter()
            .filter_map(|line| line.strip_prefix(start));
        let found = lines
            .next()
            .unwrap_or_else(|| panic!("no {start} in {:#?}", self.before));
        found.to_owned()
    }

    /// The one line that holds this among those that were said before the server served.
    pub(crate) fn said_with(&self, words: &str) -> &str {
        let mut lines = self.before.iter().filter(|line| line.contains(words));
        let found = lines
            .next()
            .unwrap_or_else(|| panic!("no {words} in {:#?}", self.before));
        assert_eq!(lines.next(), None, "{words} stands twice");
        found
    }

    /// Waits for a line that holds this, unless it was said before the server served.
    pub(crate) fn until_it_has_said(&self, words: &str) {
        if !self.before.iter().any(|line| line.contains(words)) {
            self.until_it_says(words);
        }
    }

    /// Waits for a line that holds this.
    pub(crate) fn until_it_says(&self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = self.next_line(left);
            if line
                .unwrap_or_else(|why| panic!("{why}, without {words}"))
                .contains(words)
            {
                return;
            }
        }
    }

    fn next_line(&self, patience: Duration) -> Result<String, RecvTimeoutError> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.recv_timeout(patience)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn client(&self) -> Client {
        Client::of(&self.address)
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id())
            .ok()
            .and_then(Pid::from_raw)
            .expect("a pid");
        kill_process(pid, signal).expect("the server is there");
    }

    /// Sends a signal again and again, as somebody does who is told nothing, until a line holds this.
    pub(crate) fn signal_until_it_says(&self, signal: Signal, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            self.signal(signal);
            match self.next_line(Duration::from_millis(100)) {
                Ok(line) if line.contains(words) => return,
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended without {words}"),
            }
        }
        panic!("the server does not say {words}");
    }

    /// Waits for the server to end, and answers all that it has said.
    pub(crate) fn last_words(self) -> Vec<String> {
        self.end(|_| ()).1
    }

    /// Does something again and again until the server has ended, and answers how it did and all that it has
    /// said.
    pub(crate) fn end(mut self, meanwhile: impl Fn(&Self)) -> (ExitStatus, Vec<String>) {
        let deadline = Instant::now() + PATIENCE;
        let mut said = std::mem::take(&mut self.before);
        loop {
            match self.next_line(MOMENT) {
                Ok(line) => said.push(line),
                Err(RecvTimeoutError::Timeout) => meanwhile(&self),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            assert!(Instant::now() < deadline, "it did not end: {said:#?}");
        }
        (self.child.wait().expect("the server is ours"), said)
    }

    /// Waits for the server to end, and answers whether it ended well.
    pub(crate) fn ended_well(mut self) -> bool {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().expect("the server is ours") {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server did not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads stderr to its end in a thread of its own, so that the server never waits for a reader.
fn lines_of(child: &mut Child) -> mpsc::Receiver<String> {
    let stderr = BufReader::new(child.stderr.take().expect("stderr is piped"));
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            // Nobody has to listen.
            let _ = sender.send(line);
        }
    });
    lines
}

/// The address in a line that tells it.
fn listening(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    line.get("listening")
        .and_then(Value::as_str)
        .map(str::to_owned)
}
