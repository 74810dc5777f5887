//! The orchestra that the tests read: one of everything that makes a difference.

use serde_json::{Map, Value};

/// Rows to import, each after those that it refers to.
pub(crate) fn rows() -> Vec<Map<String, Value>> {
    serde_json::from_str(include_str!("orchestra.json")).expect("a list of objects")
}
