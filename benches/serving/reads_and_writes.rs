//! Our server beside a bare one, request for request.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::CONNECTIONS;
use crate::asked::{Requests, Scenario, Slots};
use crate::dice::Dice;
use crate::measured::{HEADING, Round, Side};
use crate::median::median;
use crate::pgbench::Sql;
use crate::process::Process;
use crate::servers::Servers;
use crate::stage::Ground;
use crate::verdicts::Verdicts;
use crate::wire::ask;

/// How much of the bare server's speed ours has at the least.
const LEAST: f64 = 0.9;

/// How many MB our server has at the most, at any time.
const MOST_MEMORY: f64 = 40.0;

/// How long and how often each side of each scenario is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Length {
    pub(crate) rounds: u32,
    pub(crate) time: Duration,
}

#[derive(Default)]
struct Sides {
    ours: Side,
    bare: Side,
    /// Transactions a second of pgbench, where it knows the scenario.
    sql: Vec<f64>,
}

/// Measures every scenario, one round after the other, and within a round one side after the other.
pub(crate) fn measure(
    ground: &Ground,
    (servers, sql): (&Servers, &Sql),
    length: Length,
    verdicts: &mut Verdicts,
) {
    let asked = Asked {
        keys: Rc::new(ground.keys.clone()),
        slots: Slots::from(ground.first_free_hour()),
        time: length.time,
    };
    let mut sides = Scenario::ALL.map(|_| Sides::default());
    for round in 0..length.rounds {
        for (scenario, sides) in Scenario::ALL.into_iter().zip(&mut sides) {
            let seed = u64::from(round) << 8 | scenario as u64;
            let mut bare = || sides.bare.push(asked.round(scenario, &servers.bare, seed));
            let mut ours = || sides.ours.push(asked.round(scenario, &servers.ours, seed));
            // Neither is always the one that comes second.
            if round.is_multiple_of(2) {
                bare();
                ours();
            } else {
                ours();
                bare();
            }
            sides.sql.extend(sql.rate(scenario, length.time));
        }
    }
    for (scenario, sides) in Scenario::ALL.into_iter().zip(&sides) {
        told(scenario, sides, servers, verdicts);
    }
    let most = servers.ours.most_memory();
    verdicts.at_most("memory under load, MB", most, MOST_MEMORY);
}

struct Asked {
    keys: Rc<std::collections::BTreeMap<u16, String>>,
    slots: Arc<Slots>,
    time: Duration,
}

impl Asked {
    fn round(&self, scenario: Scenario, server: &Process, seed: u64) -> Round {
        let requests = |seed| Requests {
            scenario,
            dice: Dice::seeded(seed),
            keys: Rc::clone(&self.keys),
            slots: Arc::clone(&self.slots),
        };
        // Once to warm up, which does not count.
        ask(&server.address, CONNECTIONS, self.time / 8, requests(!seed));
        let before = server.cpu();
        let answers = ask(&server.address, CONNECTIONS, self.time, requests(seed));
        Round::of(answers, server.cpu() - before)
    }
}

fn told(scenario: Scenario, sides: &Sides, servers: &Servers, verdicts: &mut Verdicts) {
    println!("\n{}\n{HEADING}", scenario.name());
    println!("{}", sides.bare.row("bare", &servers.bare));
    println!("{}", sides.ours.row("ours", &servers.ours));
    if !sides.sql.is_empty() {
        println!("  pgbench{:>7.0}", median(sides.sql.clone()));
    }
    let [least, ratio, most] = sides.ours.against(&sides.bare, |round| round.rate);
    println!("  ours ÷ bare: {ratio:.3} (from {least:.3} to {most:.3})");
    let what = format!("{}, ours ÷ bare", scenario.name());
    verdicts.at_least(&what, ratio, LEAST);
    let spread = sides.ours.median(|round| round.p99 / round.p50);
    let what = format!("{}, p99 ÷ p50", scenario.name());
    verdicts.at_most(&what, spread, scenario.spread());
}
