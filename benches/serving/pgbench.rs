//! PostgreSQL with nothing before it: what pgbench gets out of the SQL that answers the same reads.
//!
//! The SQL is what our server sends, taken from PostgreSQL's log, once the totals are known: for each read a few
//! examples, of which pgbench takes one after the other at random. Their values are parameters, so that they
//! are planned as ours are. A booking is not among them: each takes a slot of its own, and some forty values
//! that are made for it.

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
    reads: Vec<(Scenario, Vec<Example>)>,
}

/// One statement in a file, with its values in variables of pgbench.
struct Example {
    script: PathBuf,
    values: Vec<(String, String)>,
}

impl Sql {
    /// Has a server of ours answer examples, and reads what it sent.
    pub(crate) fn of(stage: &Stage, ground: &Ground) -> Self {
        stage.tell_statements(true);
        let server = servers::ours(&ground.url, &stage.folder().join("examples.log"));
        let reads = Scenario::ALL
            .into_iter()
            .filter_map(|scenario| Some((scenario, scenario.table()?)));
        let reads = reads.map(|(scenario, table)| {
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
            let examples = found.iter().enumerate().map(|(number, statement)| {
                let name = format!("{scenario:?}_{number}");
                statement.example(stage.folder(), &name)
            });
            (scenario, examples.collect())
        });
        let reads = reads.collect();
        stage.tell_statements(false);
        Self {
            program: stage.program("pgbench"),
            url: ground.url.clone(),
            reads,
        }
    }

    /// How many transactions a second there are, over as many connections as a server has for calls.
    pub(crate) fn rate(&self, scenario: Scenario, time: Duration) -> Option<f64> {
        let (_, examples) = self.reads.iter().find(|(known, _)| *known == scenario)?;
        let mut pgbench = Command::new(&self.program);
        pgbench.env("PGOPTIONS", OPTIONS);
        pgbench.args(["--no-vacuum", "--protocol=prepared", "--jobs=1"]);
        pgbench.arg(format!("--client={}", bare::connections()));
        pgbench.arg(format!("--time={}", time.as_secs().max(1)));
        for Example { script, values } in examples {
            pgbench.arg("--file").arg(script);
            for (name, value) in values {
                pgbench.arg(format!("--define={name}={value}"));
            }
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

/// A statement as it was sent, and its values: `None` is `NULL`.
struct Sent {
    statement: String,
    values: Vec<Option<String>>,
}

impl Sent {
    /// Writes it for pgbench, with variables whose names begin with `name`.
    fn example(&self, folder: &Path, name: &str) -> Example {
        let (mut statement, mut values) = (self.statement.clone(), Vec::new());
        // The last first: `$1` also begins `$10`.
        for (place, value) in self.values.iter().enumerate().rev() {
            let variable = format!("{name}_{place}");
            let written = match value {
                Some(_) => format!(":{variable}"),
                None => "NULL".to_owned(),
            };
            statement = statement.replace(&format!("${}", place + 1), &written);
            values.extend(value.clone().map(|value| (variable, value)));
        }
        let script = folder.join(format!("{name}.sql"));
        fs::write(&script, format!("{statement};\n")).expect("a file");
        Example { script, values }
    }
}

/// The statements of a log that read a table.
fn statements(log: &str, table: &str) -> Vec<Sent> {
    // What follows the first line of a statement is indented.
    let log = log.replace("\n\t", " ");
    let mut lines = log.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let executed = line.split_once(" execute ");
        let Some((_, statement)) = executed.and_then(|(_, rest)| rest.split_once(": ")) else {
            continue;
        };
        // Newer versions begin the word with a capital.
        let told = lines.peek().and_then(|next| next.split_once("arameters: "));
        if let Some((_, told)) = told
            && statement.contains(table)
        {
            found.push(Sent {
                statement: statement.to_owned(),
                values: values(told),
            });
        }
    }
    found
}

/// Values, which PostgreSQL tells as in `$1 = 'it''s', $2 = NULL`.
fn values(told: &str) -> Vec<Option<String>> {
    let (mut rest, mut all) = (told, Vec::new());
    while let Some((_, value)) = rest.split_once(" = ") {
        let Some(inner) = value.strip_prefix('\'') else {
            all.push(None);
            rest = &value["NULL".len()..];
            continue;
        };
        let end = inner.replace("''", "  ").find('\'');
        let end = end.expect("the value ends");
        all.push(Some(inner[..end].replace("''", "'")));
        rest = &inner[end + 1..];
    }
    all
}
