//! What a server holds on to over many requests: a short version of the benches' long run.
//!
//! Requests of all sorts, answered and refused, come over connections that end. However many there were,
//! no file, socket, thread or connection to the database stays behind.

#[path = "../../benches/serving/dice.rs"]
mod dice;
#[path = "../../benches/serving/long.rs"]
mod long;
#[path = "../../benches/serving/median.rs"]
mod median;
#[expect(dead_code, reason = "the benches measure more of it")]
#[path = "../../benches/serving/process.rs"]
mod process;
#[path = "../../benches/serving/requests.rs"]
mod requests;
#[path = "../../benches/serving/wire.rs"]
mod wire;

use std::time::Duration;

use org_store::testing::TestDatabase;

use self::long::{House, LongRun, quarters};
use self::process::Process;
use crate::client::Client;
use crate::command::{self, program};
use crate::counting::count;
use crate::world::{self, Side};

const REQUESTS: u32 = 20_000;

/// As many threads for work that blocks as a server with four connections may have: one for each, and one
/// that asks whether the database answers.
const BLOCKING: f64 = 5.0;

const CONNECTIONS: &str = "
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

#[test]
fn nothing_stays_behind_of_many_requests() {
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    let sides = ["first-orchestra", "second-orchestra"].map(|slug| world::side(url, slug));
    let folder = tempfile::tempdir().expect("a folder");
    let mut serve = program();
    serve.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
    serve.args(["--database-connections", "4", "--database-wait-ms", "60000"]);
    let server = Process::start(serve, &folder.path().join("log"));
    let client = Client::of(&server.address);
    let run = LongRun {
        houses: sides.iter().map(|side| house(side, &client)).collect(),
        limited: limited(url, sides[0].slug),
        first_hour: 0,
        requests: REQUESTS,
        slice: REQUESTS / 16,
        connections: 8,
    };
    let mut conn = database.connection();
    let samples = run.go(&server, || count(&mut conn, CONNECTIONS), |_| ());
    // What is opened when it is first needed is open by then.
    let [early, late] = quarters(&samples[samples.len() / 4..], Duration::ZERO);
    assert!(late.descriptors <= early.descriptors, "{samples:#?}");
    // Threads for work that blocks are begun when so much of it is first there at once.
    assert!(late.threads <= early.threads + BLOCKING, "{samples:#?}");
    assert!(late.connections <= early.connections, "{samples:#?}");
}

fn house(side: &Side, client: &Client) -> House {
    House {
        slug: side.slug.to_owned(),
        key: side.key.clone(),
        production: side.only(client, "/productions"),
        resource: side.only(client, "/resources"),
    }
}

/// A key that is past its limit at once.
fn limited(url: &str, slug: &str) -> String {
    let create = ["key", "create", "--org", slug, "--name", "limited"];
    let little = ["--scope", "org:read:operations", "--reads-per-minute", "5"];
    let made = command::json(url, &[&create[..], &little].concat());
    command::text(&made, "secret")
}
