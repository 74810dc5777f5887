//! A file that holds one secret, as those who keep secrets for programs hand them over.

use std::fs;
use std::io::Read;
use std::path::Path;

/// How long a secret can be, in bytes.
const LONGEST: u64 = 64 * 1024;

/// The text of the file without one line feed at its end, or why there is none, without repeating it.
pub(super) fn read(file: &Path) -> Result<String, String> {
    // Looked at first: to open a pipe would be to wait for somebody who writes to it.
    let metadata = fs::metadata(file).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("is no regular file".to_owned());
    }
    let mut bytes = Vec::new();
    let opened = fs::File::open(file).map_err(|error| error.to_string())?;
    opened
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LONGEST {
        return Err(format!("is longer than {LONGEST} bytes"));
    }
    let mut text = String::from_utf8(bytes).map_err(|_| "is no text in UTF-8")?;
    if text.ends_with('\n') {
        text.pop();
    }
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    Ok(text)
}
