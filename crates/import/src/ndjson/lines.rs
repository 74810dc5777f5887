//! Lines of a bounded length.

use std::io::{BufRead, Read as _};

use org_domain::import::Unreadable;

use super::NdjsonFile;
use crate::file::torn;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// One line, without its line feed.
pub(super) enum Line<'a> {
    Whole(&'a [u8]),
    /// More than can be held; it was passed over.
    Long,
}

/// The lines of a file, of which one is held at a time.
pub(super) struct Lines<R> {
    reader: R,
    line: Vec<u8>,
    number: u64,
    read: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self {
            reader,
            line: Vec::new(),
            number: 0,
            read: 0,
        }
    }

    /// The number of the last line that was read, from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// How many bytes have been read.
    pub(super) const fn read(&self) -> u64 {
        self.read
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, Unreadable> {
        let torn = |error| torn(self.number + 1, &error);
        self.line.clear();
        let most = NdjsonFile::MAX_LINE as u64 + 1;
        let mut bounded = (&mut self.reader).take(most);
        let read = bounded.read_until(b'\n', &mut self.line).map_err(torn)?;
        if read == 0 {
            return Ok(None);
        }
        self.read += read as u64;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() > NdjsonFile::MAX_LINE {
            self.read += self.reader.skip_until(b'\n').map_err(torn)? as u64;
            self.number += 1;
            return Ok(Some(Line::Long));
        }
        self.number += 1;
        let marked = self.number == 1 && self.line.starts_with(BYTE_ORDER_MARK);
        let start = if marked { BYTE_ORDER_MARK.len() } else { 0 };
        Ok(Some(Line::Whole(&self.line[start..])))
    }
}
