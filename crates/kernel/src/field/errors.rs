//! What is wrong with the fields of an object.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// What is wrong with one value, as a sentence without a subject: `must be a number`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(Cow<'static, str>);

impl Invalid {
    /// A refusal in these words.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }

    /// A refusal that lists what would have been accepted.
    pub fn not_one_of<T: fmt::Display>(choices: &[T]) -> Self {
        let names: Vec<_> = choices.iter().map(ToString::to_string).collect();
        Self(format!("must be one of {}", names.join(", ")).into())
    }
}

/// What is wrong with an object: messages by the path of the field (`programme[2].title`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FieldErrors(BTreeMap<String, Vec<String>>);

impl FieldErrors {
    /// The errors of an object that has one bad field.
    pub fn of(field: impl Into<String>, message: impl fmt::Display) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Adds a message about `field`.
    pub fn add(&mut self, field: impl Into<String>, message: impl fmt::Display) {
        self.0
            .entry(field.into())
            .or_default()
            .push(message.to_string());
    }

    /// Adds all of `other`'s messages.
    pub fn merge(&mut self, other: Self) {
        for (field, messages) in other.0 {
            self.0.entry(field).or_default().extend(messages);
        }
    }

    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each bad field and one of its messages, by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(field, messages)| {
            messages
                .iter()
                .map(move |message| (field.as_str(), message.as_str()))
        })
    }
}
