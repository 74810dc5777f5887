//! A server with the demonstration on it, of one test.

use org_store::testing::TestDatabase;
use serde_json::Value;

use crate::client::Client;
use crate::command::program;
use crate::server::Server;

/// The organization that `org-api dev` founds.
pub(crate) const DEMO: &str = "demo-philharmonic";

/// The bytes 0 to 31 in base64.
const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What `org-api dev` serves.
pub(crate) struct Stage {
    server: Server,
    /// Dropped last.
    database: TestDatabase,
}

impl Stage {
    /// A new one.
    pub(crate) fn dev() -> Self {
        Self::with(&[])
    }

    /// One that sends deliveries, as far as this machine.
    pub(crate) fn sending() -> Self {
        let locally = ["--webhook-allow", "127.0.0.0/8", "--webhook-allow-http"];
        Self::with(&[&["--webhook-delivery", "live"], &locally[..]].concat())
    }

    fn with(arguments: &[&str]) -> Self {
        let database = TestDatabase::fresh();
        let mut command = program();
        command.args(["dev", "--listen", "127.0.0.1:0", "--database-url"]);
        command.arg(database.url().as_str()).args(arguments);
        command.env("ORG_API_MASTER_KEY", MASTER_KEY);
        let server = Server::spawn(command);
        Self { server, database }
    }

    /// Where it is, as in `http://127.0.0.1:8080`.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// What followed `start` on a line that `org-api dev` printed.
    pub(crate) fn said(&self, start: &str) -> String {
        self.server.said(start)
    }

    pub(crate) fn client(&self) -> Client {
        self.server.client()
    }

    pub(crate) fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Runs a command on its database, and reads the one JSON object that it prints.
    pub(crate) fn command(&self, arguments: &[&str]) -> Value {
        let mut command = program();
        command.env("ORG_API_MASTER_KEY", MASTER_KEY);
        command.args(["--json", "--database-url", self.database.url().as_str()]);
        let output = command.args(arguments).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }
}
