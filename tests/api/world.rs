//! Two organizations on one server, each with a row in every collection and a key.

use std::io::Write;

use org_store::testing::TestDatabase;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::client::{Answer, Client};
use crate::command;
use crate::server::Server;

/// Every scope there is.
pub(crate) fn all_scopes() -> Vec<&'static str> {
    org_auth::scope::Scope::ALL
        .iter()
        .map(|scope| scope.as_str())
        .collect()
}

/// One organization and a key of its own.
pub(crate) struct Side {
    pub(crate) slug: &'static str,
    pub(crate) key: String,
}

/// What a test runs against; each has its own.
pub(crate) struct World {
    pub(crate) here: Side,
    pub(crate) there: Side,
    pub(crate) server: Server,
    pub(crate) client: Client,
    /// Dropped last.
    database: TestDatabase,
}

impl World {
    pub(crate) fn new() -> Self {
        let database = TestDatabase::fresh();
        let here = side(&database, "here-orchestra");
        let there = side(&database, "there-orchestra");
        let server = Server::start(database.url().as_str());
        let client = server.client();
        Self {
            here,
            there,
            server,
            client,
            database,
        }
    }

    /// Where the database is.
    pub(crate) fn url(&self) -> &str {
        self.database.url().as_str()
    }

    /// Gets a path under the first organization's base path, with its key.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.client.get(&self.path(path), Some(&self.here.key))
    }

    /// A path under the first organization's base path.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("/api/org/v1/{}{path}", self.here.slug)
    }

    /// A new key of the first organization with these scopes.
    pub(crate) fn key(&self, scopes: &[&str]) -> String {
        key(self.url(), self.here.slug, scopes)
    }
}

fn side(database: &TestDatabase, slug: &'static str) -> Side {
    let url = database.url().as_str();
    command::json(url, &["org", "create", "--slug", slug, "--name", slug]);
    let rows = file(&rows(slug));
    let path = rows.path().to_str().expect("a path in UTF-8");
    let summary = command::json(url, &["import", "--org", slug, path]);
    assert_eq!(summary["created"], 10, "{summary}");
    Side {
        slug,
        key: key(url, slug, &all_scopes()),
    }
}

/// Makes a key with these scopes.
pub(crate) fn key(url: &str, slug: &str, scopes: &[&str]) -> String {
    let mut arguments = vec!["key", "create", "--org", slug, "--name", "a test"];
    for scope in scopes {
        arguments.extend(["--scope", scope]);
    }
    command::text(&command::json(url, &arguments), "secret")
}

/// A file of one JSON object a line.
pub(crate) fn file(rows: &[Value]) -> NamedTempFile {
    let mut file = NamedTempFile::with_suffix(".ndjson").expect("a temporary file");
    for row in rows {
        writeln!(file, "{row}").expect("a line");
    }
    file
}

/// One row of each kind, the same in every organization but for what bears its name.
fn rows(name: &str) -> Vec<Value> {
    vec![
        json!({ "kind": "work", "externalId": "w", "title": "Symphony No. 9", "nickname": "From the New World",
            "composer": "Dvořák, Antonín", "movements": [{ "number": 1, "title": "Adagio – Allegro molto" }] }),
        json!({ "kind": "production", "externalId": "p", "title": format!("Opening of {name}"),
            "startDate": "2026-09-18", "endDate": "2026-09-20", "status": "CONFIRMED",
            "programme": [{ "title": "Symphony No. 9", "workExternalId": "w" }] }),
        json!({ "kind": "service", "externalId": "s", "productionExternalId": "p", "type": "CONCERT",
            "startAt": "2026-09-18T19:30:00+02:00", "endAt": "2026-09-18T21:30:00+02:00" }),
        json!({ "kind": "member", "externalId": "m", "name": "Ada Novak", "role": "PRINCIPAL", "section": "OBOE",
            "chair": 1, "instrument": "Oboe", "email": "ada@example.org" }),
        json!({ "kind": "resource", "externalId": "r", "name": "Great Hall", "type": "HALL", "setupMinutes": 30 }),
        json!({ "kind": "instrument", "externalId": "i", "name": "Contrabassoon", "category": "WOODWIND",
            "onLoanToExternalId": "m", "serial": "SN-4711", "insuredValueCents": 2_345_678 }),
        json!({ "kind": "tour", "externalId": "t", "name": "Baltic Tour", "startDate": "2027-05-01",
            "endDate": "2027-05-09", "legs": [{ "date": "2027-05-01", "dayType": "TRAVEL", "country": "ee" }] }),
        json!({ "kind": "report", "externalId": "x", "name": "Attendance", "reportKind": "attendance",
            "format": "CSV", "generatedAt": "2026-09-01T08:00:00Z" }),
        json!({ "kind": "performance", "externalId": "h", "date": "1999-10-01", "composer": "Dvořák, Antonín",
            "title": "Symphony No. 9", "workExternalId": "w", "conductor": "Berg, Ida" }),
        json!({ "kind": "contact", "externalId": "c", "name": "Baltic Concerts", "type": "PRESENTER" }),
    ]
}
