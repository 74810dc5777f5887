//! Gives the migrations a name that changes when they do.
//!
//! Two things hang on it: that the crate is built again when a migration is added or edited, and
//! that tests never clone a database that other migrations have made.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

const MIGRATIONS: &str = "../../migrations";

fn main() -> io::Result<()> {
    let mut files = files_in(Path::new(MIGRATIONS))?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.hash(&mut hasher);
        fs::read(file)?.hash(&mut hasher);
    }
    let directives = [
        format!("cargo::rerun-if-changed={MIGRATIONS}"),
        format!(
            "cargo::rustc-env=ORG_STORE_MIGRATIONS={:016x}",
            hasher.finish()
        ),
    ];
    io::Write::write_all(&mut io::stdout(), (directives.join("\n") + "\n").as_bytes())
}

fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
