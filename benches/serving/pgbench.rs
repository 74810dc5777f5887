//! PostgreSQL with nothing before it: what pgbench gets out of the SQL that answers the same reads.
//!
//! The SQL is what our server sends, taken from PostgreSQL's log with its values, once the totals are known:
//! for each read a few examples, of which pgbench takes one after the other at random. A booking is not among
//! them: each takes a slot of its own, and some forty values that are made for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use crate::asked::{Requests, Scenario, Slots};
use crate::bare;
use crate::dice::Dice;
use crate::servers;
use crate::stage::{Ground, Stage};
use crate::wire::{Asking, ask};

/// How many examples of each read there are.
const EXAMPLES: u32 = 24;

/// What every connection of our server is told.
const OPTIONS: &str = "-c jit=off -c max_parallel_workers_per_gather=0";

/// The statements of each read, in files.
pub(crate) struct Sql {
    program: PathBuf,
    url: String,
    scripts: Vec<(Scenario, Vec<PathBuf>)>,
}

impl Sql {
    /// Has a server of ours answer examples, and reads what it sent.
    pub(crate) fn of(stage: &Stage, ground: &Ground) -> Self {
        stage.tell_statements(true);
        let server = servers::ours(&ground.url, &stage.folder().join("examples.log"));
        let reads = Scenario::ALL
            .into_iter()
            .filter_map(|scenario| Some((scenario, scenario.table()?)));
        let scripts = reads.map(|(scenario, table)| {
            let examples = || Examples {
                left: EXAMPLES,
                of: Requests {
                    scenario,
                    dice: Dice::seeded(1),
                    keys: Rc::new(ground.keys.clone()),
                    slots: Slots::from(0),
                },
            };
            let asked = || ask(&server.address, 1, Duration::from_mins(1), examples());
            asked();
            let before = stage.log().len();
            let answers = asked();
            assert!(answers.wrong.is_empty(), "{:?}", answers.wrong);
            let found = statements(&stage.log()[before..], table);
            assert_eq!(found.len(), EXAMPLES as usize, "one statement each");
            (scenario, written(stage.folder(), scenario, &found))
        });
        let scripts = scripts.collect();
        stage.tell_statements(false);
        Self {
            program: stage.program("pgbench"),
            url: ground.url.clone(),
            scripts,
        }
    }

    /// How many transactions a second there are, over as many connections as a server has for calls.
    pub(crate) fn rate(&self, scenario: Scenario, time: Duration) -> Option<f64> {
        let (_, scripts) = self.scripts.iter().find(|(known, _)| *known == scenario)?;
        let mut pgbench = Command::new(&self.program);
        pgbench.env("PGOPTIONS", OPTIONS);
        pgbench.args(["--no-vacuum", "--protocol=prepared", "--jobs=1"]);
        pgbench.arg(format!("--client={}", bare::connections()));
        pgbench.arg(format!("--time={}", time.as_secs().max(1)));
        for script in scripts {
            pgbench.arg("--file").arg(script);
        }
        let output = pgbench.arg(&self.url).output().expect("pgbench runs");
        let said = String::from_utf8_lossy(&output.stdout);
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        let wrong = || String::from_utf8_lossy(&output.stderr);
        Some(rate.unwrap_or_else(|| panic!("pgbench says {said} {}", wrong())))
    }
}

/// A few of the requests of a scenario.
struct Examples {
    left: u32,
    of: Requests,
}

impl Asking for Examples {
    fn next(&mut self, request: &mut Vec<u8>) -> Option<&'static [u16]> {
        self.left = self.left.checked_sub(1)?;
        self.of.next(request)
    }
}

fn written(folder: &Path, scenario: Scenario, statements: &[String]) -> Vec<PathBuf> {
    let write = |(number, statement): (usize, &String)| {
        let script = folder.join(format!("{scenario:?}-{number}.sql"));
        fs::write(&script, format!("{statement};\n")).expect("a file");
        script
    };
    statements.iter().enumerate().map(write).collect()
}

/// The statements of a log that read a table, with their values in place.
fn statements(log: &str, table: &str) -> Vec<String> {
    // What follows the first line of a statement is indented.
    let log = log.replace("\n\t", " ");
    let mut lines = log.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let executed = line.split_once(" execute ");
        let Some((_, statement)) = executed.and_then(|(_, rest)| rest.split_once(": ")) else {
            continue;
        };
        let values = lines
            .peek()
            .and_then(|next| next.split_once("parameters: "));
        if let Some((_, values)) = values
            && statement.contains(table)
        {
            found.push(with_values(statement, values));
        }
    }
    found
}

/// A statement with its values, which PostgreSQL tells as in `$1 = 'it''s', $2 = NULL`.
fn with_values(statement: &str, values: &str) -> String {
    let (mut rest, mut all) = (values, Vec::new());
    while let Some((_, value)) = rest.split_once(" = ") {
        let quoted = value.strip_prefix('\'').map(|inner| {
            let inner = inner.replace("''", "  ");
            inner.find('\'').expect("the value ends") + 2
        });
        let length = quoted.unwrap_or_else(|| value.find(',').unwrap_or(value.len()));
        all.push(&value[..length]);
        rest = &value[length..];
    }
    let filled = all
        .iter()
        .enumerate()
        .rev()
        .fold(statement.to_owned(), |statement, (place, value)| {
            statement.replace(&format!("${}", place + 1), value)
        });
    // To pgbench a colon before a name or a number is a variable of its own.
    let colon = filled.replace("::", "").contains(':');
    assert!(!colon, "pgbench would read {filled} in another way");
    filled
}
