//! How fast the server is, beside the least that could answer the same requests.
//!
//! `cargo bench --package org-api --bench serving` starts a PostgreSQL that keeps its promises (fsync is
//! on), loads 200 organizations of 500 productions and one of a million performances, and measures the real
//! program with everything on. It prints what it found and fails when a figure misses what was promised;
//! docs/BENCHMARKS.md says what is measured and how.
//!
//! Parts of it may be named, as `-- sides sizes`; the `long` run is made only when it is named.
//! `ORG_API_BENCH_ROUNDS` and `ORG_API_BENCH_SECONDS` set how often and how long each side is measured,
//! `ORG_API_BENCH_REQUESTS` how long the long run is, and `ORG_API_BENCH_DATA` a folder that is kept, so
//! that the next run finds what this one loaded.
#![expect(clippy::print_stdout, reason = "it is what a benchmark is for")]
#![expect(clippy::print_stderr, reason = "a server tells there where it listens")]
#![expect(
    clippy::cast_precision_loss,
    reason = "figures are rounded when they are told"
)]

#[path = "serving/asked.rs"]
mod asked;
#[path = "serving/bare.rs"]
mod bare;
#[expect(dead_code, reason = "the tests ask more of it")]
#[path = "../tests/api/command.rs"]
mod command;
#[path = "serving/dice.rs"]
mod dice;
#[path = "serving/ids.rs"]
mod ids;
#[path = "serving/long.rs"]
mod long;
#[path = "serving/measured.rs"]
mod measured;
#[path = "serving/median.rs"]
mod median;
#[path = "serving/pgbench.rs"]
mod pgbench;
#[path = "serving/process.rs"]
mod process;
#[path = "serving/reads_and_writes.rs"]
mod reads_and_writes;
#[path = "serving/requests.rs"]
mod requests;
#[path = "serving/servers.rs"]
mod servers;
#[path = "serving/sizes.rs"]
mod sizes;
#[path = "serving/stage.rs"]
mod stage;
#[path = "serving/verdicts.rs"]
mod verdicts;
#[path = "serving/wire.rs"]
mod wire;
#[path = "serving/words.rs"]
mod words;

use std::process::ExitCode;
use std::time::Duration;

use long::{House, LongRun, Sample};
use pgbench::Sql;
use reads_and_writes::Length;
use servers::Servers;
use stage::{Ground, Stage};
use verdicts::Verdicts;

/// How many clients ask at once.
const CONNECTIONS: usize = 32;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if let Some(url) = arguments
        .find(|argument| argument == "--bare")
        .and(arguments.next())
    {
        bare::serve(&url);
        return ExitCode::SUCCESS;
    }
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let stage = Stage::new();
    let ground = stage.everything();
    let mut verdicts = Verdicts::default();
    if is_wanted("sides") {
        let length = Length {
            rounds: set("ORG_API_BENCH_ROUNDS", 7),
            time: Duration::from_secs(set("ORG_API_BENCH_SECONDS", 4).into()),
        };
        let sql = Sql::of(&stage, &ground);
        let servers = Servers::of(&stage, &ground);
        reads_and_writes::measure(&ground, (&servers, &sql), length, &mut verdicts);
    }
    if is_wanted("sizes") {
        sizes::measure(&stage, &ground, &mut verdicts);
    }
    if std::env::args().any(|argument| argument == "long") {
        long_run(&stage, &ground, &mut verdicts);
    }
    verdicts.told()
}

/// Has our server answer ten million requests of all sorts.
fn long_run(stage: &Stage, ground: &Ground, verdicts: &mut Verdicts) {
    let server = servers::ours(&ground.url, &stage.folder().join("long.log"));
    let house = |org: u16| House {
        slug: ids::slug(org),
        key: ground.keys[&org].clone(),
        production: ids::production(org, 1).to_string(),
        resource: ids::resource(org, 1).to_string(),
    };
    let run = LongRun {
        houses: (1..=10).map(house).collect(),
        limited: stage.limited_key(1),
        first_hour: ground.first_free_hour(),
        requests: set("ORG_API_BENCH_REQUESTS", 10_000_000),
        slice: 50_000,
        connections: CONNECTIONS,
    };
    let connections = || stage::connections(&ground.url);
    let samples = run.go(&server, connections, |sample| println!("{sample}"));
    let [before, after] = long::quarters(&samples, Duration::from_mins(1));
    let grown = |of: fn(&Sample) -> f64| (of(&before), of(&after));
    let (first, last) = grown(|sample| sample.memory);
    verdicts.at_most(
        "memory at the end of the long run, MB",
        last,
        first * 1.05 + 2.0,
    );
    let (first, last) = grown(|sample| sample.descriptors);
    verdicts.at_most("open files and sockets at its end", last, first + 2.0);
    let (first, last) = grown(|sample| sample.connections);
    verdicts.at_most("connections to the database at its end", last, first);
}

/// True when a part is named, or none is.
fn is_wanted(part: &str) -> bool {
    let mut named = std::env::args().skip(1).filter(|name| name != "--bench");
    std::env::args().any(|name| name == part) || named.next().is_none()
}

/// What the environment says, or what is usual.
fn set(variable: &str, usual: u32) -> u32 {
    let set = std::env::var(variable);
    set.map_or(usual, |set| set.parse().expect("a number"))
}
