//! The Org API server and its command line: settings, wiring, signals.
//!
//! Nothing is decided here and no SQL is spoken: a command gathers its settings, opens the database,
//! hands the store's adapters to the use cases, and prints what came of it.

mod background;
mod cli;
mod commands;
mod database;
mod endpoints;
mod failure;
mod logging;
mod master_key;
mod metrics;
mod otlp;
mod output;
mod panics;
mod progress;
mod schema;
mod second_factors;
mod settings;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;

fn main() -> ExitCode {
    let outcome = commands::run(Cli::parse());
    logging::end();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(line) = failure.line() {
                output::say(line);
            }
            failure.status()
        }
    }
}
