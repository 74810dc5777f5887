//! The demonstration, with a delivery log, and what pages are asked for.

use std::thread;
use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use org_store::testing::TestDatabase;

use crate::browser::Browser;
use crate::command::{self, program};
use crate::server::{PATIENCE, Server};

/// The bytes 0 to 31 in base64.
const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// How many deliveries the log has.
const DELIVERIES: i64 = 5000;

/// Where nobody listens, and what lets an endpoint be there.
const RECEIVER: [&str; 5] = [
    "--url",
    "http://127.0.0.1:9/",
    "--webhook-allow",
    "127.0.0.0/8",
    "--webhook-allow-http",
];

pub(crate) struct Stage {
    server: Server,
    slug: &'static str,
    person: String,
    unused_link: String,
    /// Dropped last.
    _database: TestDatabase,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let database = TestDatabase::fresh();
        let url = database.url().as_str();
        let mut dev = program();
        dev.args(["dev", "--listen", "127.0.0.1:0", "--database-url", url]);
        dev.env("ORG_API_MASTER_KEY", MASTER_KEY);
        let server = Server::spawn(dev);
        let slug = org_demo::organization().slug;
        let endpoint = [
            "webhook",
            "create",
            "--org",
            slug,
            "--event",
            "production.created",
        ];
        made(url, &[&endpoint[..], &RECEIVER].concat());
        fill(&mut database.connection());
        let person = ["--org", slug, "--email", "second@example.org"];
        let invite = ["user", "create", "--role", "ADMIN"];
        let invited = made(url, &[&invite[..], &person].concat());
        let link = command::text(&invited, "link");
        Browser::new(format!("http://{}", server.address())).sign_in(secret_of(&link));
        let another = made(url, &[&["user", "link"][..], &person].concat());
        let another = command::text(&another, "link");
        Self {
            server,
            slug,
            person: command::text(&invited, "id"),
            unused_link: secret_of(&another).to_owned(),
            _database: database,
        }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// The secret of the link with which the owner signs in.
    pub(crate) fn owners_link(&self) -> String {
        secret_of(&self.server.said("Settings: ")).to_owned()
    }

    /// Somebody else, who has joined.
    pub(crate) fn person(&self) -> &str {
        &self.person
    }

    /// The secret of a link that nobody uses.
    pub(crate) fn unused_link(&self) -> &str {
        &self.unused_link
    }

    /// Requests of the API that pages are compared with, and the key of each.
    pub(crate) fn beside(&self) -> [(String, Option<String>); 2] {
        let works = format!("/api/org/v1/{}/works?limit=1", self.slug);
        let key = self.server.said("export KEY=");
        [("/healthz".to_owned(), None), (works, Some(key))]
    }
}

/// The secret at the end of a link.
fn secret_of(link: &str) -> &str {
    let (_, secret) = link.rsplit_once('/').expect("a link");
    secret
}

/// The id of the first object that a page links to, which is one of a list at this path.
pub(crate) fn first_of(owner: &Browser, list: &str) -> String {
    let page = owner.get(list);
    let page = String::from_utf8_lossy(&page.body);
    let start = format!("href=\"{list}/");
    let mut links = page.split(&start).skip(1);
    let id = links.find_map(|rest| {
        let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric())?;
        rest[..end].contains('_').then(|| rest[..end].to_owned())
    });
    id.unwrap_or_else(|| panic!("{list} links to nothing: {page}"))
}

/// Runs a command, and reads what it made.
fn made(url: &str, arguments: &[&str]) -> serde_json::Value {
    let mut command = program();
    command.env("ORG_API_MASTER_KEY", MASTER_KEY);
    command
        .args(["--json", "--database-url", url])
        .args(arguments);
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// Tells of events, and waits until each is a delivery.
fn fill(conn: &mut PgConnection) {
    let tell = format!(
        "INSERT INTO events (org_id, id, type, payload, created_at, endpoint_ids)
         SELECT e.org_id, new.id, 'production.created',
                json_build_object('id', 'evt_' || new.id, 'type', 'production.created',
                                  'data', json_build_object('title', 'The Cunning Little Vixen'))::text,
                now(), ARRAY[e.id]
         FROM webhook_endpoints e,
              (SELECT gen_random_uuid() AS id FROM generate_series(1, {DELIVERIES})) new;
         NOTIFY org_webhooks"
    );
    conn.batch_execute(&tell).expect("events");
    let deadline = Instant::now() + PATIENCE;
    while deliveries(conn) < DELIVERIES {
        assert!(Instant::now() < deadline, "{} deliveries", deliveries(conn));
        thread::sleep(Duration::from_millis(50));
    }
    conn.batch_execute("ANALYZE").expect("looked at");
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn deliveries(conn: &mut PgConnection) -> i64 {
    let counted = diesel::sql_query("SELECT count(*) FROM webhook_deliveries");
    let counted: Count = counted.get_result(conn).expect("the database answers");
    counted.count
}
