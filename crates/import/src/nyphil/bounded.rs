//! A reader that counts lines, and that does not read without bound.

use std::cell::Cell;
use std::io::{self, Read};

use super::ArchiveFile;

/// How far a reader has come.
#[derive(Debug)]
pub(super) struct Place {
    line: Cell<u64>,
    read: Cell<u64>,
    mark: Cell<u64>,
}

impl Place {
    pub(super) const fn start() -> Self {
        Self {
            line: Cell::new(1),
            read: Cell::new(0),
            mark: Cell::new(0),
        }
    }

    /// The line on which the next byte stands, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line.get()
    }

    /// How many bytes have been read.
    pub(super) fn read(&self) -> u64 {
        self.read.get()
    }

    /// Lets another [`ArchiveFile::MAX_PROGRAM`] bytes be read.
    pub(super) fn mark(&self) {
        self.mark.set(self.read.get());
    }
}

/// Reads on only so far behind the last mark: a JSON parser holds what it has not finished, and a
/// file may be written so that it never finishes.
pub(super) struct Bounded<'a, R> {
    pub(super) inner: R,
    pub(super) place: &'a Place,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let place = self.place;
        if place.read.get() - place.mark.get() >= ArchiveFile::MAX_PROGRAM {
            return Err(io::Error::other(format!(
                "a program, or what stands between two, is longer than {} bytes",
                ArchiveFile::MAX_PROGRAM
            )));
        }
        let count = self.inner.read(buffer)?;
        let line = buffer[..count].iter().fold(place.line.get(), |line, byte| {
            line + u64::from(*byte == b'\n')
        });
        place.line.set(line);
        place.read.set(place.read.get() + count as u64);
        Ok(count)
    }
}
