//! The rules of imports, on the store in memory.

mod defaults;
mod failures;
mod names;
mod partial_rows;
mod progress;
mod references;
mod rows;
mod support;
