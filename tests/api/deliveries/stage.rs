//! An organization with endpoints, events to tell, and servers that send.

use std::any::Any;
use std::process::{Command, Output};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use diesel::{Connection, PgConnection};
use org_embedded_postgres::{APPLICATION_DATABASE, Settings, start};
use org_store::testing::TestDatabase;
use serde_json::{Value, json};

use super::accounts::count;
use crate::command::{self, program};
use crate::folder::folder;
use crate::server::{PATIENCE, Server};
use crate::world::file;

/// The bytes 0 to 31 in base64.
pub(crate) const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What lets a server reach receivers on this machine, without TLS.
pub(crate) const LOCALLY: [&str; 3] = ["--webhook-allow", "127.0.0.0/8", "--webhook-allow-http"];

/// How many events one import tells.
const PART: u32 = 5000;

pub(super) struct Stage {
    pub(super) url: String,
    /// What the database needs to stay there.
    _database: Box<dyn Any + Sync>,
}

impl Stage {
    /// On a test's own database.
    pub(super) fn new() -> Self {
        let database = TestDatabase::fresh();
        Self::on(database.url().as_str().to_owned(), database)
    }

    /// On a cluster of its own that keeps what it has acknowledged, and has as much room as the disk.
    pub(super) fn durable() -> Self {
        let folder = folder();
        let cluster = start(&Settings::new(folder.path().join("cluster"))).expect("a cluster");
        let url = cluster.url(APPLICATION_DATABASE);
        Self::on(url, Mutex::new((cluster, folder)))
    }

    /// On the database at a URL, which is there for as long as `database` is.
    fn on(url: String, database: impl Any + Sync) -> Self {
        let stage = Self {
            url,
            _database: Box::new(database),
        };
        stage.run(&["org", "create", "--slug", "stage", "--name", "Stage"]);
        stage
    }

    pub(super) fn connection(&self) -> PgConnection {
        PgConnection::establish(&self.url).expect("the database answers")
    }

    fn program(&self) -> Command {
        let mut program = program();
        program.env("ORG_API_MASTER_KEY", MASTER_KEY);
        program.args(["--database-url", &self.url]);
        program
    }

    /// Runs a command and reads the one JSON object that it prints.
    pub(super) fn run(&self, arguments: &[&str]) -> Value {
        let output = self.program().arg("--json").args(arguments).output();
        let output: Output = output.expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    /// Makes an endpoint that hears of new productions, and answers its id and its secret.
    pub(super) fn endpoint(&self, url: &str) -> (String, String) {
        let create = ["webhook", "create", "--org", "stage", "--url", url];
        let hears = ["--event", "production.created"];
        let made = self.run(&[&create[..], &hears, &LOCALLY].concat());
        (command::text(&made, "id"), command::text(&made, "secret"))
    }

    /// A server that sends.
    pub(super) fn serve(&self) -> Server {
        self.serve_with(&["--webhook-delivery", "live"])
    }

    pub(super) fn serve_with(&self, arguments: &[&str]) -> Server {
        let mut serve = self.program();
        serve.args(["serve", "--listen", "127.0.0.1:0"]);
        serve.args(LOCALLY).args(arguments);
        Server::spawn(serve)
    }

    /// Makes so many productions, each of which is an event.
    pub(super) fn tell(&self, events: u32) {
        let numbers: Vec<_> = (0..events).collect();
        for part in numbers.chunks(PART as usize) {
            let rows: Vec<_> = part.iter().copied().map(production).collect();
            let file = file(&rows);
            let path = file.path().to_str().expect("a path in UTF-8");
            let summary = self.run(&["import", "--org", "stage", path]);
            assert_eq!(summary["created"], part.len(), "{summary}");
        }
    }

    /// Waits until the log says that so many deliveries to each of these URLs were delivered. It is given
    /// up when no more are.
    pub(super) fn until_delivered(&self, urls: &[String], events: u32) {
        let mut conn = self.connection();
        let all = i64::from(events) * i64::try_from(urls.len()).expect("a few");
        let among = urls.join("', '");
        let query = format!(
            "SELECT count(*) FROM webhook_deliveries d JOIN webhook_endpoints e
                 ON (e.org_id, e.id) = (d.org_id, d.endpoint_id)
             WHERE d.status = 'DELIVERED' AND e.url IN ('{among}')"
        );
        let (mut last, mut since) = (0, Instant::now());
        while last < all {
            let asked = Instant::now();
            let now = count(&mut conn, &query);
            if now > last {
                (last, since) = (now, Instant::now());
            }
            assert!(since.elapsed() < PATIENCE, "{last} of {all} are delivered");
            // To ask is not to keep the database from what is asked for.
            thread::sleep((asked.elapsed() * 10).max(Duration::from_millis(10)));
        }
    }
}

fn production(number: u32) -> Value {
    json!({ "kind": "production", "externalId": number.to_string(), "title": format!("No. {number}"),
        "startDate": "2027-01-01", "endDate": "2027-01-02" })
}
