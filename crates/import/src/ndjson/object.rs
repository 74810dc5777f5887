//! The object on one line.

use std::cell::RefCell;

use org_domain::import::Flaw;
use serde::de::DeserializeSeed as _;
use serde_json::{Deserializer, Error, Map, Value};

use crate::json::Noting;

/// Reads the object, or says what stands there instead.
pub(super) fn read_object(line: &[u8]) -> Result<Map<String, Value>, Flaw> {
    let text = std::str::from_utf8(line).map_err(|_| flaw("is not valid UTF-8"))?;
    let twice = RefCell::new(None);
    let mut deserializer = Deserializer::from_str(text);
    let value = Noting { twice: &twice }.deserialize(&mut deserializer);
    let value = value.and_then(|value| deserializer.end().map(|()| value));
    let value = value.map_err(|error| flaw(message(&error)))?;
    if let Some(name) = twice.into_inner() {
        return Err(Flaw {
            field: Some(name),
            message: "stands twice in one object".to_owned(),
        });
    }
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(flaw("is not a JSON object")),
    }
}

fn flaw(message: impl Into<String>) -> Flaw {
    Flaw {
        field: None,
        message: message.into(),
    }
}

/// The parser counts lines within what it is given, which is always the first.
fn message(error: &Error) -> String {
    let column = error.column();
    let told = error.to_string();
    let told = told.trim_end_matches(&format!(" at line 1 column {column}"));
    format!("is not JSON: {told} at column {column}")
}
