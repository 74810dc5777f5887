//! How much memory a row takes, so that rows that wait take only so much.

use serde_json::{Map, Value};

/// About how many bytes of memory an object takes.
pub(super) fn weight(object: &Map<String, Value>) -> usize {
    let members = object.iter();
    members
        .map(|(name, value)| name.len() + value_weight(value))
        .sum()
}

fn value_weight(value: &Value) -> usize {
    const BARE: usize = 64;
    BARE + match value {
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(value_weight).sum(),
        Value::Object(object) => weight(object),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}
