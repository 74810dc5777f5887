//! What is logged, line by line.
//!
//! One subscriber is there before the first test logs anything, and each test's thread keeps its
//! own lines: a subscriber that comes and goes with a test can miss what others log meanwhile.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

use serde_json::Value;

thread_local! {
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

static LISTENING: Once = Once::new();

/// Begins to keep lines, if nobody has yet.
pub(crate) fn listen() {
    LISTENING.call_once(|| {
        tracing_subscriber::fmt()
            .json()
            .with_writer(|| Lines)
            .init();
    });
}

/// The lines of this thread since the last time.
pub(crate) fn take_lines() -> Vec<Value> {
    let text = LINES.take();
    let text = std::str::from_utf8(&text).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

struct Lines;

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
