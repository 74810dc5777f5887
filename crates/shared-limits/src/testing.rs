//! A Redis of a test's own: on a Unix socket in a folder that goes with it, and with nothing on disk.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use redis::{Client, FromRedisValue, RedisResult};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long a Redis may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// What Debian and others call it.
const PROGRAMS: [&str; 2] = ["redis-server", "valkey-server"];

/// A running Redis, killed when it is dropped.
pub struct TestRedis {
    folder: TempDir,
    password: Option<String>,
    child: Child,
}

impl TestRedis {
    /// Starts one that lets everybody in.
    ///
    /// # Panics
    /// Where there is neither Redis nor Valkey, and when it does not start.
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// Starts one that wants this password.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn start_with_password(password: &str) -> Self {
        Self::start_with(Some(password.to_owned()))
    }

    fn start_with(password: Option<String>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let child = spawn(&folder, password.as_deref());
        let redis = Self {
            folder,
            password,
            child,
        };
        redis.wait();
        redis
    }

    /// Where it is, with its password.
    pub fn url(&self) -> String {
        let password = self.password.as_deref();
        let password = password.map(|password| format!("?pass={password}"));
        self.url_without_password() + &password.unwrap_or_default()
    }

    /// Where it is, for whoever does not know its password.
    pub fn url_without_password(&self) -> String {
        format!("unix://{}/socket", self.folder.path().display())
    }

    /// Asks it something.
    ///
    /// # Panics
    /// When it refuses.
    pub fn ask<T: FromRedisValue>(&self, words: &[&str]) -> T {
        self.try_to_ask(words)
            .unwrap_or_else(|why| panic!("{words:?}: {why}"))
    }

    /// Ends it at once, as a crash does.
    ///
    /// # Panics
    /// When the system does not let it.
    pub fn kill(&mut self) {
        self.child.kill().expect("it is ours");
        self.child.wait().expect("it is ours");
    }

    /// Starts it anew where it was, after a [`kill`](Self::kill): it has forgotten everything.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn start_again(&mut self) {
        self.child = spawn(&self.folder, self.password.as_deref());
        self.wait();
    }

    /// Stops it where it is: it keeps its connections, and answers nothing.
    ///
    /// # Panics
    /// When the system does not let it.
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on after a [`freeze`](Self::freeze).
    ///
    /// # Panics
    /// When the system does not let it.
    pub fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).expect("a pid");
        let pid = Pid::from_raw(pid).expect("a pid");
        kill_process(pid, signal).expect("it is ours");
    }

    fn wait(&self) {
        let deadline = Instant::now() + PATIENCE;
        while let Err(why) = self.try_to_ask::<String>(&["PING"]) {
            assert!(Instant::now() < deadline, "Redis does not start: {why}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn try_to_ask<T: FromRedisValue>(&self, words: &[&str]) -> RedisResult<T> {
        let mut connection = Client::open(self.url())?.get_connection()?;
        redis::cmd(words[0]).arg(&words[1..]).query(&mut connection)
    }
}

impl Drop for TestRedis {
    fn drop(&mut self) {
        // It may have ended already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(folder: &TempDir, password: Option<&str>) -> Child {
    let mut arguments = vec!["--port", "0", "--unixsocket", "socket"];
    arguments.extend(["--save", "", "--appendonly", "no"]);
    if let Some(password) = password {
        arguments.extend(["--requirepass", password]);
    }
    let start = |program: &str| {
        let mut command = Command::new(program);
        let command = command.args(&arguments).current_dir(folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    };
    let mut started = PROGRAMS.into_iter().map(start);
    started
        .find_map(Result::ok)
        .expect("redis-server or valkey-server, which scripts/test installs")
}
