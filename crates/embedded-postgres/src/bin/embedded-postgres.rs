//! Holds a cluster for as long as its standard input stays open, and prints its URL: a database for
//! a shell, or for a program that does not know this crate.
//!
//! `embedded-postgres FOLDER` keeps what is in the folder; with a second argument, a number of
//! seconds, the cluster is for tests, and is removed so long after its last user has gone.

use std::{
    env,
    error::Error,
    io::{self, Read, Write},
    path::Path,
    process::ExitCode,
    time::Duration,
};

use org_embedded_postgres::{APPLICATION_DATABASE, Cluster, Settings, start, testing};

fn main() -> ExitCode {
    match hold() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut causes = error.to_string();
            let mut source = error.source();
            while let Some(error) = source {
                causes = format!("{causes}: {error}");
                source = error.source();
            }
            eprintln!("embedded-postgres: {causes}");
            ExitCode::FAILURE
        }
    }
}

fn hold() -> Result<(), Box<dyn Error>> {
    let cluster = open()?;
    writeln!(io::stdout(), "{}", cluster.url(APPLICATION_DATABASE))?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(cluster.stop()?)
}

fn open() -> Result<Cluster, Box<dyn Error>> {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    match &arguments[..] {
        [folder] => Ok(start(&Settings::new(folder))?),
        [folder, seconds] => {
            let seconds = seconds
                .to_str()
                .ok_or("the seconds are not a number")?
                .parse()?;
            Ok(testing::throwaway(
                Path::new(folder),
                Duration::from_secs(seconds),
            )?)
        }
        _ => Err("usage: embedded-postgres FOLDER [SECONDS]".into()),
    }
}
