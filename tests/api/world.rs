//! Two organizations on one server, each with a row in every collection and a key.

use std::io::Write;

use diesel::PgConnection;
use org_store::testing::TestDatabase;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::client::{Answer, Asked, Client};
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

impl Side {
    /// A path under the organization's base path.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("/api/org/v1/{}{path}", self.slug)
    }

    /// Writes something under the organization's base path, with its key.
    pub(crate) fn write(
        &self,
        client: &Client,
        (method, path): (&str, &str),
        body: Value,
    ) -> Answer {
        client.send(&Asked {
            body: Some(body),
            ..Asked::of(method, &self.path(path), Some(&self.key))
        })
    }

    /// The id of the one object of a collection.
    pub(crate) fn only(&self, client: &Client, collection: &str) -> String {
        let list = client.get(&self.path(collection), Some(&self.key)).data();
        assert_eq!(list["total"], 1, "{collection}");
        command::text(&list["items"][0], "id")
    }
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
        Self::served_with(&[])
    }

    /// The same, from a server with these arguments.
    pub(crate) fn served_with(arguments: &[&str]) -> Self {
        let database = TestDatabase::fresh();
        let url = database.url().as_str();
        let here = side(url, "here-orchestra");
        let there = side(url, "there-orchestra");
        let server = Server::start_with(url, arguments);
        let client = server.client();
        Self {
            here,
            there,
            server,
            client,
            database,
        }
    }

    /// A connection to the database, for what nobody can ask of the program.
    pub(crate) fn connection(&self) -> PgConnection {
        self.database.connection()
    }

    /// Where the database is.
    pub(crate) fn url(&self) -> &str {
        self.database.url().as_str()
    }

    /// Gets a path under the first organization's base path, with its key.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.client.get(&self.path(path), Some(&self.here.key))
    }

    /// Posts to a path under the first organization's base path, with its key.
    pub(crate) fn post(&self, path: &str, body: Value) -> Answer {
        self.here.write(&self.client, ("POST", path), body)
    }

    /// The one object of a collection of the first organization.
    pub(crate) fn only(&self, collection: &str) -> String {
        self.here.only(&self.client, collection)
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

/// An organization in the database at `url`, with a row in every collection and a key.
pub(crate) fn side(url: &str, slug: &'static str) -> Side {
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

/// Makes a key with these scopes, and as many requests a minute as a key can have.
pub(crate) fn key(url: &str, slug: &str, scopes: &[&str]) -> String {
    let mut arguments = vec!["key", "create", "--org", slug, "--name", "a test"];
    arguments.extend(["--reads-per-minute", "1000000"]);
    arguments.extend(["--writes-per-minute", "1000000"]);
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
