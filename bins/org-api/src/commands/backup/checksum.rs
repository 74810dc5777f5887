//! What tells a backup from one that was damaged: its last line, which holds a SHA-256 of all before it.
//!
//! Without it a dump that was changed is restored as it is: its format has sums of the rows at the most, and
//! none of the names and the statements. `pg_restore` reads no further than to the dump's own end, and so
//! takes a file with the line as one without.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write};

use ring::digest::{Context, SHA256, SHA256_OUTPUT_LEN};

/// What the line begins with, after the end of the dump.
const START: &str = "\norg-api backup, SHA-256 ";

/// How long the line is, with its start and the line feed at its end.
const LENGTH: usize = START.len() + 2 * SHA256_OUTPUT_LEN + 1;

/// Why a file is not what was written as a backup.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(in crate::commands) enum Damage {
    #[error("it does not end with the line that every backup ends with")]
    NoLine,
    #[error("it has been changed since it was written: its SHA-256 is another")]
    Changed,
}

/// Ends a backup with the line; answers how many bytes it has then.
pub(super) fn append(file: &mut File) -> io::Result<u64> {
    let dump = file.seek(SeekFrom::End(0))?;
    let line = line(file, dump)?;
    file.seek(SeekFrom::Start(dump))?;
    file.write_all(line.as_bytes())?;
    file.stream_position()
}

/// Reads a backup from its first byte to its last, and answers what is wrong with it.
pub(in crate::commands) fn damage(file: &mut File) -> io::Result<Option<Damage>> {
    let length = file.seek(SeekFrom::End(0))?;
    let Some(dump) = length.checked_sub(LENGTH as u64) else {
        return Ok(Some(Damage::NoLine));
    };
    file.seek(SeekFrom::Start(dump))?;
    let mut found = Vec::with_capacity(LENGTH);
    Read::by_ref(file)
        .take(LENGTH as u64)
        .read_to_end(&mut found)?;
    if !found.starts_with(START.as_bytes()) || !found.ends_with(b"\n") {
        return Ok(Some(Damage::NoLine));
    }
    let same = line(file, dump)?.as_bytes() == found;
    Ok((!same).then_some(Damage::Changed))
}

/// The line for a dump of so many bytes.
fn line(file: &mut File, dump: u64) -> io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let mut digest = Digest(Context::new(&SHA256));
    io::copy(&mut file.take(dump), &mut digest)?;
    let mut line = START.to_owned();
    for byte in digest.0.finish().as_ref() {
        write!(line, "{byte:02x}").map_err(io::Error::other)?;
    }
    line.push('\n');
    Ok(line)
}

/// Takes bytes in and keeps none.
struct Digest(Context);

impl Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
