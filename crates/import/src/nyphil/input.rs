//! Taking the archive's objects apart, with a note of everything that is wrong.

use org_domain::import::Flaw;
use serde_json::{Map, Value};

use super::text::text_of;

/// One object within a program, and the way to it (`works[3].`).
pub(super) struct Input<'a> {
    object: &'a Map<String, Value>,
    path: String,
    flaws: &'a mut Vec<Flaw>,
}

impl<'a> Input<'a> {
    /// The program itself.
    pub(super) const fn new(object: &'a Map<String, Value>, flaws: &'a mut Vec<Flaw>) -> Self {
        Self {
            object,
            path: String::new(),
            flaws,
        }
    }

    /// The text of a field, if there is any.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.object.get(name).and_then(text_of)
    }

    /// The text of a field, where `None` stands for there being none.
    pub(super) fn text_or_none(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| text != "None")
    }

    /// The members of a list that may be missing or null, each taken apart by `read`.
    pub(super) fn each<T>(
        &mut self,
        name: &str,
        mut read: impl FnMut(&mut Input<'_>) -> T,
    ) -> Vec<T> {
        let members: &[Value] = match self.object.get(name) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(members)) => members,
            Some(_) => {
                self.reject(name, "must be a list");
                &[]
            }
        };
        let mut all = Vec::with_capacity(members.len());
        for (place, member) in members.iter().enumerate() {
            let path = format!("{name}[{place}]");
            let Value::Object(object) = member else {
                self.reject(&path, "must be an object");
                continue;
            };
            all.push(read(&mut Input {
                object,
                path: format!("{}{path}.", self.path),
                flaws: self.flaws,
            }));
        }
        all
    }

    /// Notes that a field is wrong.
    pub(super) fn reject(&mut self, name: &str, message: &str) {
        self.flaws.push(Flaw {
            field: Some(format!("{}{name}", self.path)),
            message: message.to_owned(),
        });
    }
}
