//! Taking an object apart.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::{FieldErrors, FromText, Invalid};
use crate::text::trimmed;

type Object = Map<String, Value>;

/// The fields of one object that have not been asked for yet, and what was wrong with the others.
///
/// Ask for every field that the object may have, then [`finish`](Self::finish), which refuses what
/// is left over. A getter answers `None` both for what is absent and for what is wrong; the error is
/// kept, so `finish` tells the two apart.
#[derive(Debug, Default)]
pub struct Fields {
    object: Object,
    path: String,
    errors: FieldErrors,
}

impl Fields {
    /// Starts on `object`.
    pub fn new(object: Object) -> Self {
        Self {
            object,
            ..Self::default()
        }
    }

    /// A field that must be there and must not be null or empty.
    pub fn required<T: FromText>(&mut self, name: &str) -> Option<T> {
        match self.present(name) {
            None => self.reject(name, "is required"),
            Some(value) => self
                .text(name, &value)
                .or_else(|| self.reject_empty(name, &value)),
        }
    }

    /// True when a field is there, whatever it holds, null and nothing but blanks aside.
    pub fn has(&self, name: &str) -> bool {
        match self.object.get(name) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !trimmed(text).is_empty(),
            Some(_) => true,
        }
    }

    /// A field that may be left out, null or empty.
    pub fn optional<T: FromText>(&mut self, name: &str) -> Option<T> {
        let value = self.present(name)?;
        self.text(name, &value)
    }

    /// A whole number within `range` that may be left out or null.
    pub fn integer<T: TryFrom<i64>>(
        &mut self,
        name: &str,
        range: RangeInclusive<i64>,
    ) -> Option<T> {
        let value = self.present(name)?;
        let number = value.as_i64().filter(|number| range.contains(number));
        let refusal = || {
            Invalid::new(format!(
                "must be a whole number from {} to {}",
                range.start(),
                range.end()
            ))
        };
        match number.and_then(|number| T::try_from(number).ok()) {
            Some(number) => Some(number),
            None => self.reject(name, refusal()),
        }
    }

    /// `true` or `false`; may be left out or null.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        match self.present(name)? {
            Value::Bool(flag) => Some(flag),
            _ => self.reject(name, "must be true or false"),
        }
    }

    /// A list of texts; left out or null, it is empty. Empty texts are refused.
    pub fn texts<T: FromText>(&mut self, name: &str) -> Vec<T> {
        let values = self.list(name, usize::MAX);
        let read = |(place, value): (usize, Value)| {
            let name = format!("{name}[{place}]");
            self.text(&name, &value)
                .or_else(|| self.reject_empty(&name, &value))
        };
        values.into_iter().enumerate().filter_map(read).collect()
    }

    /// A list of at most `max` objects, each taken apart by `read`; left out or null, it is empty.
    ///
    /// The paths of a member's errors begin with the list's name and the member's place, from 0.
    pub fn objects<T>(
        &mut self,
        name: &str,
        max: usize,
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Vec<T> {
        let mut members = Vec::new();
        for (place, value) in self.list(name, max).into_iter().enumerate() {
            let path = format!("{name}[{place}]");
            let Value::Object(object) = value else {
                self.reject::<()>(&path, "must be an object");
                continue;
            };
            let path = format!("{}{path}.", self.path);
            let mut fields = Self {
                object,
                path,
                errors: FieldErrors::default(),
            };
            members.extend(read(&mut fields));
            if let Err(errors) = fields.finish() {
                self.errors.merge(errors);
            }
        }
        members
    }

    /// Passes over fields that the sender may repeat but not set.
    pub fn ignore(&mut self, names: &[&str]) {
        for name in names {
            self.object.shift_remove(*name);
        }
    }

    /// Says that a field is wrong for a reason that a single value does not show.
    pub fn reject<T>(&mut self, name: &str, message: impl std::fmt::Display) -> Option<T> {
        self.errors.add(format!("{}{name}", self.path), message);
        None
    }

    /// Refuses every field that was not asked for, and answers with all that was wrong.
    pub fn finish(mut self) -> Result<(), FieldErrors> {
        for name in std::mem::take(&mut self.object).keys() {
            self.reject::<()>(name, "is not a field of this object");
        }
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(self.errors)
        }
    }

    fn present(&mut self, name: &str) -> Option<Value> {
        self.object
            .shift_remove(name)
            .filter(|value| !value.is_null())
    }

    /// `None` for text that is empty once trimmed, without an error.
    fn text<T: FromText>(&mut self, name: &str, value: &Value) -> Option<T> {
        let Value::String(text) = value else {
            return self.reject(name, "must be a string");
        };
        let text = trimmed(text);
        if text.is_empty() {
            return None;
        }
        T::from_text(text).map_or_else(|invalid| self.reject(name, invalid), Some)
    }

    fn reject_empty<T>(&mut self, name: &str, value: &Value) -> Option<T> {
        match value {
            Value::String(text) if trimmed(text).is_empty() => {
                self.reject(name, "must not be empty")
            }
            _ => None,
        }
    }

    fn list(&mut self, name: &str, max: usize) -> Vec<Value> {
        match self.present(name) {
            None => Vec::new(),
            Some(Value::Array(values)) if values.len() <= max => values,
            Some(Value::Array(_)) => {
                self.reject::<()>(name, format!("must have at most {max} items"));
                Vec::new()
            }
            Some(_) => {
                self.reject::<()>(name, "must be a list");
                Vec::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::Line;

    fn fields(value: Value) -> Fields {
        let Value::Object(object) = value else {
            panic!("not an object")
        };
        Fields::new(object)
    }

    fn errors(fields: Fields) -> Vec<(String, String)> {
        let errors = fields.finish().expect_err("something is wrong");
        errors
            .iter()
            .map(|(field, message)| (field.to_owned(), message.to_owned()))
            .collect()
    }

    fn error(field: &str, message: &str) -> (String, String) {
        (field.to_owned(), message.to_owned())
    }

    #[test]
    fn every_bad_field_is_named_at_once() {
        let mut fields = fields(json!({
            "name": 7, "role": "", "chair": 1.5, "done": "yes", "tags": ["ok", "", 3], "colour": "red",
        }));
        assert_eq!(fields.required::<Line<5>>("name"), None);
        assert_eq!(fields.required::<Line<5>>("role"), None);
        assert_eq!(fields.required::<Line<5>>("type"), None);
        assert_eq!(fields.integer::<i32>("chair", 1..=9), None);
        assert_eq!(fields.flag("done"), None);
        assert_eq!(fields.texts::<Line<5>>("tags").len(), 1);
        assert_eq!(
            errors(fields),
            [
                error("chair", "must be a whole number from 1 to 9"),
                error("colour", "is not a field of this object"),
                error("done", "must be true or false"),
                error("name", "must be a string"),
                error("role", "must not be empty"),
                error("tags[1]", "must not be empty"),
                error("tags[2]", "must be a string"),
                error("type", "is required"),
            ]
        );
    }

    #[test]
    fn absent_null_and_empty_are_the_same_to_an_optional_field() {
        for value in [json!({}), json!({ "role": null }), json!({ "role": "  " })] {
            let mut fields = fields(value);
            assert_eq!(fields.optional::<Line<5>>("role"), None);
            assert_eq!(fields.finish(), Ok(()));
        }
    }

    #[test]
    fn the_errors_of_a_member_bear_its_place() {
        let mut fields = fields(json!({ "legs": [{ "city": "Wien" }, { "city": 1, "x": 2 }, 3] }));
        let cities = fields.objects("legs", 9, |leg| leg.required::<Line<9>>("city"));
        assert_eq!(cities.len(), 1);
        assert_eq!(
            errors(fields),
            [
                error("legs[1].city", "must be a string"),
                error("legs[1].x", "is not a field of this object"),
                error("legs[2]", "must be an object"),
            ]
        );
    }

    #[test]
    fn a_list_that_is_too_long_is_refused_whole() {
        let mut fields = fields(json!({ "legs": [{}, {}] }));
        assert!(fields.objects("legs", 1, |_| Some(())).is_empty());
        assert_eq!(errors(fields), [error("legs", "must have at most 1 items")]);
    }

    #[test]
    fn read_only_fields_are_passed_over() {
        let mut fields = fields(json!({ "id": 5, "createdAt": null }));
        fields.ignore(&["id", "createdAt"]);
        assert_eq!(fields.finish(), Ok(()));
    }
}
