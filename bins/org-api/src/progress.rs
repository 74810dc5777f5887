//! How far an import has come, on a terminal.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};
use org_domain::import::Progress;

use crate::failure::Failure;

/// What the bar says: bytes, rows a second, time left.
const TEMPLATE: &str = "{wide_bar} {bytes} of {total_bytes}, {msg}, {eta} left";

/// A bar on stderr; nothing when that is no terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar for files of so many bytes in all.
    pub(crate) fn of(bytes: u64) -> Result<Self, Failure> {
        if !io::stderr().is_terminal() {
            return Ok(Self(ProgressBar::hidden()));
        }
        let style = ProgressStyle::with_template(TEMPLATE)?;
        Ok(Self(ProgressBar::new(bytes).with_style(style)))
    }

    pub(crate) fn show(&self, progress: Progress) {
        let milliseconds = self.0.elapsed().as_millis().max(1);
        let rate = u128::from(progress.rows) * 1000 / milliseconds;
        self.0
            .set_message(format!("{} rows, {rate} rows/s", progress.rows));
        self.0.set_position(progress.bytes);
    }

    pub(crate) fn finish(self) {
        self.0.finish_and_clear();
    }
}
