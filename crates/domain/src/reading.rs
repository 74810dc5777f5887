//! How tests have an object read: one that is good, but for the fields that a test is about.

use org_kernel::field::Fields;
use serde_json::{Map, Value};

/// The members of a JSON object, with those of another in their place or beside them.
fn merged(good: Value, changes: Value) -> Map<String, Value> {
    match (good, changes) {
        (Value::Object(mut good), Value::Object(changes)) => {
            good.extend(changes);
            good
        }
        _ => panic!("not objects"),
    }
}

/// Reads `good` with `changes`; what is wrong is told as `field: message`, by field.
pub(crate) fn read<T>(
    good: Value,
    changes: Value,
    read: impl FnOnce(&mut Fields) -> Option<T>,
) -> Result<T, Vec<String>> {
    let mut fields = Fields::new(merged(good, changes));
    let read = read(&mut fields);
    match fields.finish() {
        Ok(()) => Ok(read.expect("what is good can be read")),
        Err(errors) => {
            let errors = errors.iter();
            Err(errors
                .map(|(field, message)| format!("{field}: {message}"))
                .collect())
        }
    }
}
