//! Opening files, and what is said when they cannot be read.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use org_domain::import::Unreadable;

/// How much is read from a file at once.
const BUFFER: usize = 128 << 10;

/// A path, and what errors call it.
#[derive(Clone, Debug)]
pub(crate) struct NamedFile {
    path: PathBuf,
    name: String,
}

impl NamedFile {
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.display().to_string();
        Self { path, name }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Opens the file at its beginning.
    pub(crate) fn open(&self) -> Result<BufReader<File>, Unreadable> {
        let file = open_regular(&self.path).map_err(|error| Unreadable {
            line: None,
            message: format!("could not be opened: {error}"),
        })?;
        Ok(BufReader::with_capacity(BUFFER, file))
    }
}

/// Looks before it opens, because opening a named pipe waits for somebody to write to it; and looks
/// again, because the path may lead elsewhere by then.
fn open_regular(path: &Path) -> io::Result<File> {
    let refusal = || io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file");
    if !fs::metadata(path)?.is_file() {
        return Err(refusal());
    }
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(refusal());
    }
    Ok(file)
}

/// Reading ended on `line`.
pub(crate) fn torn(line: u64, error: &io::Error) -> Unreadable {
    Unreadable {
        line: Some(line),
        message: format!("could not be read: {error}"),
    }
}
