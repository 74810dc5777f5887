//! What a test hears of the log.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

/// What was written. A clone shares it.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    pub(super) fn text(&self) -> String {
        let text = self.0.lock().expect("no panic").clone();
        String::from_utf8(text).expect("text")
    }

    /// The lines that were written as JSON.
    pub(super) fn lines(&self) -> Vec<Value> {
        let text = self.text();
        let lines = serde_json::Deserializer::from_str(&text).into_iter();
        lines.collect::<Result<_, _>>().expect("lines of JSON")
    }
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Heard {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
