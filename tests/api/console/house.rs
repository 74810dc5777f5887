//! Two organizations with everybody who can sign in.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::PgConnection;
use org_store::testing::TestDatabase;
use ring::hmac;
use serde_json::Value;

use super::browser::Browser;
use crate::command::{self, program};
use crate::deliveries::stage::MASTER_KEY;
use crate::server::Server;

pub(super) const PASSWORD: &str = "heron lantern quay 7";

/// Two organizations on one server, and whoever a test lets in.
pub(super) struct House {
    server: Server,
    /// How many browsers there are; each is at a place of its own, and has its own attempts to sign in.
    browsers: AtomicU32,
    /// Dropped last.
    database: TestDatabase,
}

impl House {
    pub(super) fn new() -> Self {
        Self::served_with(&[])
    }

    /// The same, from a server with these arguments.
    pub(super) fn served_with(arguments: &[&str]) -> Self {
        let database = TestDatabase::fresh();
        let url = database.url().as_str();
        for slug in ["here-orchestra", "there-orchestra"] {
            command::json(url, &["org", "create", "--slug", slug, "--name", slug]);
        }
        let mut program = program();
        program.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
        program.args(["--trusted-proxy", "127.0.0.1/32"]);
        program
            .args(arguments)
            .env("ORG_API_MASTER_KEY", MASTER_KEY);
        Self {
            server: Server::spawn(program),
            browsers: AtomicU32::new(1),
            database,
        }
    }

    /// A connection to the database, for what nobody can ask of the program.
    pub(super) fn connection(&self) -> PgConnection {
        self.database.connection()
    }

    /// Runs a command that has the server's master key, and reads what it prints.
    pub(super) fn run(&self, arguments: &[&str]) -> Value {
        let output = program()
            .args(["--json", "--database-url", self.database.url().as_str()])
            .args(arguments)
            .env("ORG_API_MASTER_KEY", MASTER_KEY)
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    /// A browser that is nobody's.
    pub(super) fn stranger(&self) -> Browser {
        self.stranger_at(self.server.address())
    }

    /// The same, that finds the server under another name.
    pub(super) fn stranger_at(&self, host: &str) -> Browser {
        let number = self.browsers.fetch_add(1, Ordering::Relaxed);
        let place = Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 0).to_bits() + number);
        Browser::new(self.server.address(), host, place)
    }

    /// Makes a user, and answers the path of their link.
    pub(super) fn invite(&self, slug: &str, email: &str, role: &str) -> String {
        let arguments = [
            "user", "create", "--org", slug, "--email", email, "--role", role,
        ];
        path_of(&command::text(&self.run(&arguments), "link"))
    }

    /// Another browser of somebody who has joined.
    pub(super) fn sign_in(&self, slug: &str, email: &str) -> Browser {
        let browser = self.stranger();
        let fields = [
            ("organization", slug),
            ("email", email),
            ("password", PASSWORD),
        ];
        let entered = browser.fill_in("/settings/sign-in", "/settings/sign-in", &fields);
        assert_eq!(
            (entered.status, entered.header("location")),
            (303, Some("/settings"))
        );
        browser
    }

    /// A browser in which a new user with this role is signed in.
    pub(super) fn join(&self, slug: &str, email: &str, role: &str) -> Browser {
        let browser = self.stranger();
        let link = self.invite(slug, email, role);
        let joined = browser.fill_in(&link, &link, &[("password", PASSWORD)]);
        assert_eq!(
            (joined.status, joined.header("location")),
            (303, Some("/settings"))
        );
        browser
    }
}

/// The path of an address.
pub(super) fn path_of(link: &str) -> String {
    url::Url::parse(link).expect("an address").path().to_owned()
}

/// The token of a form of whoever has this secret in a cookie: a code over its path.
pub(super) fn token(secret: &str, path: &str) -> String {
    use base64::Engine;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let code = hmac::sign(&key, format!("org-api form\0{path}").as_bytes());
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(code)
}
