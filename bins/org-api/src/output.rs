//! What a command prints: one JSON object on stdout for programs, or lines on stderr for people.

use std::io::{self, BufWriter, StdoutLock, Write};

use org_kernel::field::FromText;
use serde::Serialize;

use crate::failure::Failure;

/// For whom a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    People,
    Programs,
}

impl Output {
    /// Prints `answer` as JSON for programs, or what `tell` says of it for people.
    pub(crate) fn show<T: Serialize>(
        self,
        answer: &T,
        tell: impl FnOnce(&T) -> String,
    ) -> Result<(), Failure> {
        match self {
            Self::Programs => print(&serde_json::to_string(answer)?),
            Self::People => {
                say(tell(answer));
                Ok(())
            }
        }
    }
}

/// Prints a line on stdout; a reader that went away is a failure, not a panic.
pub(crate) fn print(line: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    Ok(writeln!(stdout, "{line}").and_then(|()| stdout.flush())?)
}

/// One JSON object with a list of `items`, printed while they come, however many they are.
pub(crate) struct Items {
    stdout: BufWriter<StdoutLock<'static>>,
    separator: &'static str,
}

impl Items {
    pub(crate) fn begin() -> Result<Self, Failure> {
        let mut stdout = BufWriter::new(io::stdout().lock());
        stdout.write_all(br#"{"items":["#)?;
        Ok(Self {
            stdout,
            separator: "",
        })
    }

    pub(crate) fn add(&mut self, item: &impl Serialize) -> Result<(), Failure> {
        self.stdout.write_all(self.separator.as_bytes())?;
        self.separator = ",";
        Ok(serde_json::to_writer(&mut self.stdout, item)?)
    }

    pub(crate) fn end(mut self) -> Result<(), Failure> {
        self.stdout.write_all(b"]}\n")?;
        Ok(self.stdout.flush()?)
    }
}

/// Prints lines for people. Nobody may be there to read them, which is no failure.
pub(crate) fn say(lines: impl AsRef<str>) {
    let _ = writeln!(io::stderr().lock(), "{}", lines.as_ref());
}

/// Reads the text of a flag, or names the flag in the refusal.
pub(crate) fn flag<T: FromText>(name: &str, text: &str) -> Result<T, Failure> {
    T::from_text(text).map_err(|invalid| Failure::Usage(format!("--{name}: {text:?} {invalid}")))
}
