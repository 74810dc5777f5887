//! A server with the demonstration on it, of one test.

use org_store::testing::TestDatabase;

use crate::command::program;
use crate::server::Server;

/// The bytes 0 to 31 in base64.
const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What `org-api dev` serves.
pub(crate) struct Stage {
    server: Server,
    /// Dropped last.
    _database: TestDatabase,
}

impl Stage {
    /// A new one.
    pub(crate) fn dev() -> Self {
        let database = TestDatabase::fresh();
        let mut command = program();
        command.args(["dev", "--listen", "127.0.0.1:0", "--database-url"]);
        command.arg(database.url().as_str());
        command.env("ORG_API_MASTER_KEY", MASTER_KEY);
        Self {
            server: Server::spawn(command),
            _database: database,
        }
    }

    /// Where it is, as in `http://127.0.0.1:8080`.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.server.address())
    }
}
