//! How fast events become deliveries and deliveries go out, and what others notice of it.
//!
//! `cargo bench --package org-api --bench webhooks` runs it all on a new embedded cluster that keeps its
//! promises (fsync is on), with receivers on this machine; parts of it may be named, as
//! `-- fan-out latency sending`. `ORG_API_BENCH_EVENTS` sets how many events there are. Every figure stands
//! beside one that was measured in the same run; medians of several rounds where there are rounds.
#![expect(dead_code, reason = "it shares what the tests have")]
#![expect(clippy::print_stdout, reason = "it is what a benchmark is for")]

#[path = "../tests/api/deliveries/accounts.rs"]
mod accounts;
#[path = "../tests/api/client.rs"]
mod client;
#[path = "../tests/api/command.rs"]
mod command;
#[path = "webhooks/fan_out.rs"]
mod fan_out;
#[path = "../tests/api/folder.rs"]
mod folder;
#[path = "webhooks/latency.rs"]
mod latency;
#[path = "../tests/api/deliveries/receiver.rs"]
mod receiver;
#[path = "webhooks/sending.rs"]
mod sending;
#[path = "../tests/api/server.rs"]
mod server;
#[path = "../tests/api/deliveries/stage.rs"]
mod stage;
#[path = "../tests/api/world.rs"]
mod world;

use std::time::Instant;

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use stage::Stage;

fn main() {
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let events = std::env::var("ORG_API_BENCH_EVENTS");
    let events = events.map_or(100_000, |events| events.parse().expect("a number"));
    if is_wanted("fan-out") {
        fan_out::measure(&Stage::durable(), events);
    }
    if is_wanted("latency") {
        latency::measure(&Stage::durable());
    }
    if is_wanted("sending") {
        sending::measure(events.div_ceil(10));
    }
}

/// True when a part is named, or none is.
fn is_wanted(part: &str) -> bool {
    let mut named = std::env::args().skip(1).filter(|name| name != "--bench");
    std::env::args().any(|name| name == part) || named.next().is_none()
}

/// Tells of so many events by SQL, all at once, to all endpoints that there are.
fn tell_at_once(conn: &mut PgConnection, events: u32) {
    let tell = format!(
        "INSERT INTO events (org_id, id, type, payload, created_at, endpoint_ids)
         SELECT o.id, new.id, 'production.created',
                json_build_object('id', 'evt_' || new.id, 'type', 'production.created', 'createdAt',
                    now(), 'data', json_build_object('id', new.id, 'title', 'The Cunning Little Vixen',
                    'status', 'CONFIRMED', 'programme', repeat('Janáček, ', 40)))::text,
                now(), ARRAY(SELECT id FROM webhook_endpoints e WHERE e.org_id = o.id)
         FROM organizations o, (SELECT gen_random_uuid() AS id FROM generate_series(1, {events})) new;
         NOTIFY org_webhooks"
    );
    conn.batch_execute(&tell).expect("events");
}

fn seconds_of(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
