//! What a write changed.

use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Subject;
use super::masking::{MASKED, without_addresses};
use crate::instant::Instant;
use crate::store_error::StoreError;

/// What changes with every write, or never, and so says nothing.
const UNTOLD: [&str; 3] = ["id", "createdAt", "updatedAt"];

/// One thing that was done to one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The entry's id.
    pub id: Uuid,
    /// When.
    pub at: Instant,
    /// What was done, as `object.verb`: `contact.created`.
    pub action: &'static str,
    /// To what.
    pub subject: Subject,
    /// What there is to say of it; of changed fields, `changes` has the old and the new values.
    pub details: Map<String, Value>,
}

impl Change {
    /// Something was done that no field shows.
    pub fn new(id: Uuid, at: Instant, action: &'static str, subject: impl Into<Subject>) -> Self {
        Self {
            id,
            at,
            action,
            subject: subject.into(),
            details: Map::new(),
        }
    }

    /// Adds something to say; e-mail addresses in it are made unreadable.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = without_addresses(value.into());
        self.details.insert(name.to_owned(), value);
        self
    }

    /// Adds the fields that differ between the object before (nothing, for a new one) and now, each
    /// with its old and its new value. Both are compared as they are, and shown with `masked` fields,
    /// and e-mail addresses in any other, made unreadable.
    ///
    /// Fails only when a view cannot be written as JSON, which is a defect of its type.
    pub fn between<V: Serialize>(
        self,
        before: Option<&V>,
        now: &V,
        masked: &[&str],
    ) -> Result<Self, StoreError> {
        let before = before.map_or(Ok(Map::new()), fields)?;
        let mut changes = Map::new();
        for (name, new) in fields(now)? {
            let old = before.get(&name).cloned().unwrap_or_default();
            if old == new || UNTOLD.contains(&name.as_str()) {
                continue;
            }
            let show = |value| match value {
                Value::Null => Value::Null,
                _ if masked.contains(&name.as_str()) => MASKED.into(),
                value => value,
            };
            let change = json!({ "old": show(old), "new": show(new) });
            changes.insert(name, change);
        }
        Ok(self.with("changes", changes))
    }
}

fn fields(view: &impl Serialize) -> Result<Map<String, Value>, StoreError> {
    match serde_json::to_value(view).map_err(StoreError::failed)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(StoreError::failed("what is audited is not an object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ContactId;

    fn changes(before: Option<&Value>, now: &Value) -> Value {
        let at = "2026-01-02T03:04:05Z".parse().expect("an instant");
        let id = ContactId::new(Uuid::nil());
        let change = Change::new(Uuid::nil(), at, "contact.replaced", id);
        let change = change.between(before, now, &["email"]).expect("objects");
        change.details["changes"].clone()
    }

    #[test]
    fn what_differs_is_told_with_both_values() {
        let before = json!({ "id": 1, "name": "Ada", "city": "Wien", "updatedAt": 1 });
        let now = json!({ "id": 1, "name": "Ida", "city": "Wien", "updatedAt": 2 });
        let expected = json!({ "name": { "old": "Ada", "new": "Ida" } });
        assert_eq!(changes(Some(&before), &now), expected);
    }

    #[test]
    fn of_a_new_object_everything_is_told_that_is_not_null() {
        let now = json!({ "name": "Ada", "city": null });
        let expected = json!({ "name": { "old": null, "new": "Ada" } });
        assert_eq!(changes(None, &now), expected);
    }

    #[test]
    fn an_address_is_masked_wherever_it_stands() {
        let now = json!({ "notes": "write to ada@example.org, not by post", "tags": ["<a@b.at>"] });
        let expected = json!({
            "notes": { "old": null, "new": "write to ***, not by post" },
            "tags": { "old": null, "new": ["<***>"] },
        });
        assert_eq!(changes(None, &now), expected);
    }

    #[test]
    fn a_masked_field_shows_that_it_changed_and_nothing_else() {
        let (before, now) = (json!({ "email": "a@b.c" }), json!({ "email": "d@b.c" }));
        let expected = json!({ "email": { "old": "***", "new": "***" } });
        assert_eq!(changes(Some(&before), &now), expected);
        assert_eq!(changes(Some(&now), &now), json!({}));
        let added = json!({ "email": { "old": null, "new": "***" } });
        assert_eq!(changes(None, &now), added);
    }
}
