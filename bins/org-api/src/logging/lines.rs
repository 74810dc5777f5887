//! The lines of the log that wait to be written, and the thread that writes them.
//!
//! To wake a thread and to write to a file costs more than many a request does. So lines are gathered for
//! a moment, and written all at once. An error is not gathered: what comes after it may be the end.

use std::io::{self, Write};
use std::mem;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// How long lines are gathered.
const MOMENT: Duration = Duration::from_millis(20);

/// How many bytes are no longer gathered.
const ENOUGH: usize = 32 * 1024;

/// How many bytes wait at the most while nobody takes them.
const MOST: usize = 4 * 1024 * 1024;

/// How long the end waits for whoever takes the lines.
const PATIENCE: Duration = Duration::from_secs(1);

/// Lines that are written by a thread of their own. A clone shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    text: Vec<u8>,
    /// How many lines the text has.
    lines: u64,
    is_urgent: bool,
    is_ended: bool,
    lost: u64,
}

/// What is written at once.
#[derive(Debug, Default)]
struct Batch {
    text: Vec<u8>,
    lines: u64,
    is_last: bool,
}

/// The thread that writes.
#[derive(Debug)]
pub(super) struct Writing {
    lines: Lines,
    is_done: Receiver<()>,
}

impl Lines {
    /// Begins to write lines to `out`.
    pub(super) fn write_to(&self, out: impl Write + Send + 'static) -> io::Result<Writing> {
        let (done, is_done) = mpsc::channel();
        let lines = self.clone();
        thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || {
                lines.write(out);
                // Nobody waits for it any more when it took too long.
                let _ = done.send(());
            })?;
        Ok(Writing {
            lines: self.clone(),
            is_done,
        })
    }

    /// How many lines were dropped because nobody took them in time.
    pub(super) fn lost(&self) -> u64 {
        self.state().lost
    }

    fn write(&self, mut out: impl Write) {
        let mut batch = Batch::default();
        while !batch.is_last {
            self.take(&mut batch);
            if out
                .write_all(&batch.text)
                .and_then(|()| out.flush())
                .is_err()
            {
                self.state().lost += batch.lines;
            }
            batch.text.clear();
            batch.text.shrink_to(2 * ENOUGH);
        }
    }

    /// Waits for lines, gathers some, and takes them.
    fn take(&self, batch: &mut Batch) {
        let changed = &self.0.changed;
        let wait = changed.wait_while(self.state(), |state| {
            state.text.is_empty() && !state.is_ended
        });
        let state = wait.unwrap_or_else(PoisonError::into_inner);
        let gather = changed.wait_timeout_while(state, MOMENT, |state| {
            state.text.len() < ENOUGH && !state.is_urgent && !state.is_ended
        });
        let (mut state, _) = gather.unwrap_or_else(PoisonError::into_inner);
        mem::swap(&mut state.text, &mut batch.text);
        batch.lines = mem::take(&mut state.lines);
        batch.is_last = state.is_ended;
        state.is_urgent = false;
    }

    fn add(&self, line: &[u8], is_urgent: bool) {
        let mut state = self.state();
        if state.is_ended || state.text.len() + line.len() > MOST {
            state.lost += 1;
            return;
        }
        let before = state.text.len();
        state.text.extend_from_slice(line);
        state.lines += 1;
        state.is_urgent |= is_urgent;
        // The thread waits for the first line, and then for enough of them.
        let is_enough = before < ENOUGH && state.text.len() >= ENOUGH;
        if before == 0 || is_enough || is_urgent {
            drop(state);
            self.0.changed.notify_one();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writing {
    /// Writes what waits, and no more after that. It waits for a second at the most.
    pub(super) fn end(self) {
        self.lines.state().is_ended = true;
        self.lines.0.changed.notify_one();
        // Whoever does not take the lines by then does not get them.
        let _ = self.is_done.recv_timeout(PATIENCE);
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line {
            lines: self,
            is_urgent: false,
        }
    }

    fn make_writer_for(&'a self, about: &Metadata<'_>) -> Line<'a> {
        Line {
            lines: self,
            is_urgent: *about.level() == Level::ERROR,
        }
    }
}

/// One line, which is written in one piece.
#[derive(Debug)]
pub(super) struct Line<'a> {
    lines: &'a Lines,
    is_urgent: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines.add(bytes, self.is_urgent);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// What was written, piece by piece.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<Vec<u8>>>>);

    impl Written {
        fn pieces(&self) -> usize {
            self.0.lock().expect("no panic").len()
        }

        fn text(&self) -> Vec<u8> {
            self.0.lock().expect("no panic").concat()
        }
    }

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Takes nothing until it is let go.
    struct Stuck(Receiver<()>, Written);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            // Once there is nobody to wait for, it takes everything.
            let _ = self.0.recv();
            self.1.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_lines_of_many_threads_are_written_whole_and_in_few_pieces() {
        let (lines, written) = (Lines::default(), Written::default());
        let writing = lines.write_to(written.clone()).expect("a thread");
        thread::scope(|scope| {
            for name in ["a", "b", "c"] {
                let lines = &lines;
                scope.spawn(move || {
                    for _ in 0..1000 {
                        lines.add(format!("{name}{name}\n").as_bytes(), false);
                    }
                });
            }
        });
        writing.end();
        let text = String::from_utf8(written.text()).expect("text");
        for line in ["aa", "bb", "cc"] {
            assert_eq!(text.lines().filter(|other| *other == line).count(), 1000);
        }
        assert!(written.pieces() < 300, "{} pieces", written.pieces());
    }

    #[test]
    fn a_line_is_written_though_no_other_follows() {
        let (lines, written) = (Lines::default(), Written::default());
        let writing = lines.write_to(written.clone()).expect("a thread");
        lines.add(b"alone\n", false);
        let began = Instant::now();
        while written.text() != b"alone\n" {
            assert!(began.elapsed() < Duration::from_secs(10), "not written");
            thread::yield_now();
        }
        writing.end();
    }

    #[test]
    fn what_nobody_takes_is_dropped_and_counted() {
        let (lines, written) = (Lines::default(), Written::default());
        let (release, held) = mpsc::channel();
        let writing = lines.write_to(Stuck(held, written.clone()));
        let writing = writing.expect("a thread");
        let line = [[b'x'; 1023].as_slice(), b"\n"].concat();
        // One batch is in the hands of who does not take it, and one waits.
        let most = u64::try_from(2 * MOST / line.len()).expect("a few");
        for _ in 0..most + 10 {
            lines.add(&line, false);
        }
        let lost = lines.lost();
        assert!(lost >= 10, "{lost}");
        drop(release);
        writing.end();
        let kept = u64::try_from(written.text().len() / line.len()).expect("a few");
        assert_eq!(kept + lost, most + 10);
    }
}
