//! Readers that turn files into rows the domain can import.
//!
//! A reader knows its format and no rule: it says which rows stand in the file, on which line, and
//! which of them it could not make out. Whether a row is any good is for the domain to say, so that
//! every format is held to the same rules. Readers take regular files only, because an import may
//! have to read one again from its beginning, and hold a bounded part of a file at a time.
#![warn(missing_docs)]

mod file;
mod ndjson;
mod nyphil;

pub use ndjson::NdjsonFile;
pub use nyphil::ArchiveFile;
