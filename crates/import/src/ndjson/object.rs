//! The object on one line.

use org_domain::import::Flaw;
use org_kernel::json::Noted;
use serde_json::{Error, Map, Value};

/// Reads the object, or says what stands there instead.
pub(super) fn read_object(line: &[u8]) -> Result<Map<String, Value>, Flaw> {
    let text = std::str::from_utf8(line).map_err(|_| flaw("is not valid UTF-8"))?;
    let read: Noted = serde_json::from_str(text).map_err(|error| flaw(message(&error)))?;
    if let Some(name) = read.twice {
        return Err(Flaw {
            field: Some(name),
            message: "stands twice in one object".to_owned(),
        });
    }
    match read.value {
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
