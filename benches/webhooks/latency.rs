//! Writes beside fan-out.

use std::time::Instant;

use serde_json::json;

use crate::accounts::count;
use crate::client::{Asked, Client};
use crate::stage::Stage;
use crate::{median, tell_at_once, world};

const ROUNDS: u32 = 11;

/// How many writes a round has on each side at the least.
const WRITES: usize = 100;

/// How many events a round fans out.
const EVENTS: u32 = 5000;

/// How much longer a write may take.
const MOST: f64 = 1.2;

/// Prints how long a write takes while events are fanned out, beside how long it takes while none are.
pub(super) fn measure(stage: &Stage) {
    for endpoint in 0..10 {
        stage.endpoint(&format!("http://127.0.0.1:9/{endpoint}"));
    }
    let key = world::key(&stage.url, "stage", &["org:write:contacts"]);
    let server = stage.serve_with(&[]);
    let (client, conn) = (server.client(), &mut stage.connection());
    let backlog = "SELECT count(*) FROM (SELECT FROM events WHERE position IS NULL LIMIT 1) one";
    let (mut quiet, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let write = || written(&client, &key);
        quiet.push(median((0..WRITES).map(|_| write()).collect()));
        let mut beside = Vec::new();
        while beside.len() < WRITES {
            tell_at_once(conn, EVENTS);
            // A write counts if there was something to fan out when it ended.
            loop {
                let took = write();
                if count(conn, backlog) == 0 {
                    break;
                }
                beside.push(took);
            }
        }
        busy.push(median(beside));
    }
    let ratios = quiet.iter().zip(&busy).map(|(quiet, busy)| busy / quiet);
    let ratio = median(ratios.collect());
    println!(
        "a write takes {:.2} ms, and {:.2} ms while events are fanned out: {:+.0} % (the median of \
         {ROUNDS} rounds of medians)",
        median(quiet.clone()),
        median(busy.clone()),
        (ratio - 1.0) * 100.0,
    );
    assert!(ratio < MOST, "writes wait for fan-out");
}

/// Writes one object, and answers how many milliseconds that took.
fn written(client: &Client, key: &str) -> f64 {
    let body = json!({ "name": "Baltic Concerts", "type": "PRESENTER" });
    let asked = Asked {
        body: Some(body),
        ..Asked::of("POST", "/api/org/v1/stage/contacts", Some(key))
    };
    let began = Instant::now();
    client.send(&asked).made();
    began.elapsed().as_secs_f64() * 1000.0
}
