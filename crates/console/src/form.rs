//! A form as it is shown: what was typed, and what is wrong with it.
//!
//! A handler reads the fields of what was posted through [`Form`], which keeps each message beside its
//! field; if something is wrong, the same form is shown again with all of it. The macros of
//! `templates/form.html` know how.

use std::collections::BTreeMap;

use org_kernel::field::FromText;
use org_kernel::text::trimmed;

use crate::fields::Fields;

/// What was typed, and what is wrong with it; empty for a new form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    typed: Fields,
    errors: BTreeMap<String, String>,
    /// The field that was found wrong first; handlers read fields in the order in which they are shown.
    first: Option<String>,
    /// What is wrong with the form as a whole.
    problem: Option<String>,
}

impl Form {
    /// A form in which these texts stand.
    pub(crate) fn of(typed: Fields) -> Self {
        Self {
            typed,
            ..Self::default()
        }
    }

    /// A form in which these texts stand, by the names of their fields.
    pub(crate) fn filled<'a>(texts: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let mut typed = Fields::default();
        for (name, text) in texts {
            typed.add(name, text);
        }
        Self::of(typed)
    }

    /// Reads a field that must be there.
    pub(crate) fn required<T: FromText>(&mut self, name: &str) -> Option<T> {
        self.is_filled(name).then(|| self.optional(name))?
    }

    /// Whether something stands in a field that must be there; where nothing does, that is wrong.
    pub(crate) fn is_filled(&mut self, name: &str) -> bool {
        let filled = !trimmed(self.typed.one(name)).is_empty();
        if !filled {
            self.reject(name, "is required");
        }
        filled
    }

    /// Reads a field that may be left empty.
    pub(crate) fn optional<T: FromText>(&mut self, name: &str) -> Option<T> {
        let text = trimmed(self.typed.one(name));
        if text.is_empty() {
            return None;
        }
        match T::from_text(text) {
            Ok(value) => Some(value),
            Err(invalid) => {
                self.reject(name, invalid);
                None
            }
        }
    }

    /// Says that a field is wrong; the first message about a field stays.
    pub(crate) fn reject(&mut self, name: &str, message: impl std::fmt::Display) {
        let message = message.to_string();
        self.errors.entry(name.to_owned()).or_insert(message);
        self.first.get_or_insert_with(|| name.to_owned());
    }

    /// Says what is wrong with the form as a whole.
    pub(crate) fn fail(&mut self, problem: impl Into<String>) {
        self.problem = Some(problem.into());
    }

    /// Says where to go on typing, if that is not at what is wrong.
    pub(crate) fn go_on_at(&mut self, name: &str) {
        self.first.get_or_insert_with(|| name.to_owned());
    }

    /// True when nothing is wrong so far.
    pub(crate) fn is_good(&self) -> bool {
        self.errors.is_empty() && self.problem.is_none()
    }

    /// What was typed.
    pub(crate) fn typed(&self) -> &Fields {
        &self.typed
    }

    /// What stands in a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.typed.one(name)
    }

    /// Whether this choice of a field is ticked or chosen.
    pub(crate) fn chosen(&self, name: &str, choice: &str) -> bool {
        self.typed.all(name).any(|text| text == choice)
    }

    /// What is wrong with a field.
    pub(crate) fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }

    /// What is wrong with the form as a whole.
    pub(crate) fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Whether this is the first field that is wrong, where the cursor is put.
    pub(crate) fn is_first_bad(&self, name: &str) -> bool {
        self.first.as_deref() == Some(name)
    }

    /// How many fields are wrong.
    pub(crate) fn bad(&self) -> usize {
        self.errors.len()
    }
}
