//! Webhook endpoints and the master key, on the command line and at a server's start.

mod bad_input;
mod endpoints;
mod key_file;
mod master_key;
mod name_server;
mod resolving;
mod rotation;

use std::process::Output;

use diesel::prelude::*;
use diesel::sql_types::Text;
use org_store::testing::TestDatabase;
use serde_json::Value;

use crate::command::{self, program};

/// The bytes 0 to 31 in base64.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The bytes 32 to 63.
const OTHER_KEY: &str = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

/// A database with two organizations, `here` and `there`, and the variables of those who work on it.
struct Office {
    database: TestDatabase,
    variables: Vec<(&'static str, String)>,
}

impl Office {
    fn new() -> Self {
        let office = Self::without_a_key();
        office.with(&[("ORG_API_MASTER_KEY", KEY)])
    }

    fn without_a_key() -> Self {
        let office = Self {
            database: TestDatabase::fresh(),
            variables: Vec::new(),
        };
        for slug in ["here", "there"] {
            office.json(&["org", "create", "--slug", slug, "--name", slug]);
        }
        office
    }

    /// The same, with these variables and no others.
    fn with(mut self, variables: &[(&'static str, &str)]) -> Self {
        let owned = |(name, value): &(&'static str, &str)| (*name, (*value).to_owned());
        self.variables = variables.iter().map(owned).collect();
        self
    }

    fn url(&self) -> &str {
        self.database.url().as_str()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let variables = self.variables.iter();
        let variables: Vec<_> = variables
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.run_with(&variables, arguments)
    }

    /// Runs a command with these variables.
    fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut program = program();
        program.envs(variables.iter().copied());
        let program = program.args(["--database-url", self.url()]).args(arguments);
        program.output().expect("the program runs")
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["--json"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    /// The one line with which a command is refused, and its status.
    fn refusal(&self, arguments: &[&str]) -> (String, i32) {
        one_line(&self.run(arguments))
    }

    /// Makes an endpoint, and answers its id and its secret.
    fn endpoint(&self, org: &str) -> (String, String) {
        let create = ["webhook", "create", "--org", org];
        let rest = [
            "--url",
            "https://hooks.example/",
            "--event",
            "production.created",
        ];
        let made = self.json(&[&create[..], &rest].concat());
        (command::text(&made, "id"), command::text(&made, "secret"))
    }

    /// The texts that a query finds, as `line`.
    fn lines(&self, query: &str) -> Vec<String> {
        lines(&mut self.database.connection(), query)
    }
}

fn lines(conn: &mut PgConnection, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let found: Vec<Line> = diesel::sql_query(query).load(conn).expect("an answer");
    found.into_iter().map(|found| found.line).collect()
}

fn one_line(output: &Output) -> (String, i32) {
    let said = String::from_utf8(output.stderr.clone()).expect("text");
    assert!(!output.status.success(), "it was done: {said}");
    assert!(output.stdout.is_empty());
    let line = said.strip_suffix('\n').expect("a line");
    assert!(!line.contains('\n'), "more than one line: {said}");
    (line.to_owned(), output.status.code().expect("a status"))
}
