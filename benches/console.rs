//! How fast the settings console's pages are, and how much they weigh.
//!
//! `cargo bench --package org-api --bench console` starts the real program on the demonstration, on a
//! throwaway cluster, fills its delivery log, signs an owner in, and asks for every page that the
//! console's own table lists, over one connection that is kept open. Beside them stand two requests of
//! the API, measured in the same run. It fails when a page is answered otherwise than it should be, when
//! its 95th percentile is above 20 ms, or when it weighs more than 150 KB with all that it loads.
//! `ORG_API_BENCH_ROUNDS` sets how often each page is asked for.
#![expect(clippy::print_stdout, reason = "it is what a benchmark is for")]

#[path = "console/browser.rs"]
mod browser;
#[expect(dead_code, reason = "the tests ask more of it")]
#[path = "../tests/api/client.rs"]
mod client;
#[expect(dead_code, reason = "the tests ask more of it")]
#[path = "../tests/api/command.rs"]
mod command;
#[path = "console/measured.rs"]
mod measured;
#[path = "console/pages.rs"]
mod pages;
#[expect(dead_code, reason = "the tests ask more of it")]
#[path = "../tests/api/server.rs"]
mod server;
#[path = "console/stage.rs"]
mod stage;

use browser::Browser;
use measured::Measured;
use pages::pages;
use stage::Stage;

/// How long a page may take, in milliseconds, but for one in twenty.
const SLOWEST: f64 = 20.0;

/// How much a page may weigh with all that it loads, in bytes.
const HEAVIEST: usize = 150_000;

fn main() {
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let rounds = std::env::var("ORG_API_BENCH_ROUNDS");
    let rounds = rounds.map_or(300, |rounds| rounds.parse().expect("a number"));
    let stage = Stage::new();
    let mut owner = Browser::new(stage.base());
    owner.sign_in(&stage.owners_link());
    println!("{:>9} {:>9} {:>9} {:>9}", "median", "p95", "page", "in all");
    for (path, key) in stage.beside() {
        let beside = Measured::of(&owner.with_key(key), &path, rounds);
        println!("{beside}  beside: GET {path}");
    }
    let mut flaws = Vec::new();
    for page in pages(&stage, &owner) {
        let reader = if page.is_open {
            Browser::new(stage.base())
        } else {
            owner.clone()
        };
        let measured = Measured::of(&reader, &page.path, rounds);
        println!("{measured}  {}", page.route);
        flaws.extend(measured.flaws(page.route));
    }
    assert!(flaws.is_empty(), "{flaws:#?}");
}
