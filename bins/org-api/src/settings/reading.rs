//! Reads settings one by one, and gathers what is wrong with all of them.
//!
//! In the place of a value that is wrong the usual one is read, which nobody gets to see: whoever gathers
//! the settings refuses all of them when [`Reading::end`] has lines to tell.

use std::cell::RefCell;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

use figment::Figment;
use figment::value::Value;

use super::find;
use super::setting::{Kind, Setting};
use crate::failure::Failure;

/// The settings as they were given, layer over layer.
pub(super) struct Reading {
    given: Figment,
    wrong: RefCell<Vec<String>>,
}

impl Reading {
    /// Reads what was `given`; these lines say what is `wrong` already.
    pub(super) fn of(given: Figment, wrong: Vec<String>) -> Self {
        let wrong = RefCell::new(wrong);
        Self { given, wrong }
    }

    /// Refuses all settings if one of them is wrong, with a line for each.
    pub(super) fn end(self) -> Result<(), Failure> {
        let wrong = self.wrong.into_inner();
        if wrong.is_empty() {
            return Ok(());
        }
        Err(Failure::Usage(wrong.join("\n")))
    }

    /// A setting that need not be given.
    pub(super) fn optional<T, E: Display>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Failure> {
        let setting = find(name)?;
        let given = self.text(setting);
        let given = given.and_then(|text| self.checked(setting, read(&text)));
        let usual = || setting.usual.map(&read).transpose();
        given.map_or_else(
            || usual().map_err(|error| wrong(name, error)),
            |value| Ok(Some(value)),
        )
    }

    /// A setting that has a usual value.
    pub(super) fn required<T, E: Display>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<T, Failure> {
        let value = self.optional(name, read)?;
        value.ok_or_else(|| wrong(name, "must be given"))
    }

    /// A number within the setting's bounds.
    pub(super) fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, Failure> {
        let kind = find(name)?.kind;
        self.optional(name, |text| bounded(kind, text))
    }

    pub(super) fn required_number<T: FromStr>(&self, name: &str) -> Result<T, Failure> {
        let kind = find(name)?.kind;
        self.required(name, |text| bounded(kind, text))
    }

    pub(super) fn milliseconds(&self, name: &str) -> Result<Duration, Failure> {
        self.required_number(name).map(Duration::from_millis)
    }

    pub(super) fn switch(&self, name: &str) -> Result<bool, Failure> {
        let read = |text: &str| text.parse().map_err(|_| "must be true or false");
        Ok(self.optional(name, read)?.unwrap_or_default())
    }

    /// Each of a list's texts, read; what is read of all of them together comes by [`Reading::required`].
    pub(super) fn list<T, E: Display>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Vec<T>, Failure> {
        let all = |text: &str| items(text).map(&read).collect::<Result<Vec<_>, _>>();
        Ok(self.optional(name, all)?.unwrap_or_default())
    }

    /// The text that was given; one with commas for a list.
    fn text(&self, setting: &Setting) -> Option<String> {
        let value = self.given.find_value(setting.name).ok()?;
        self.checked(setting, text(setting.kind, &value))
    }

    fn checked<T, E: Display>(&self, setting: &Setting, read: Result<T, E>) -> Option<T> {
        let tell = |error| {
            let line = format!(
                "setting `{}`: {error}{}",
                setting.name,
                self.source(setting)
            );
            self.wrong.borrow_mut().push(line);
        };
        read.map_err(tell).ok()
    }

    /// Where a setting comes from, as it ends a line.
    fn source(&self, setting: &Setting) -> String {
        let Some(from) = self.given.find_metadata(setting.name) else {
            return String::new();
        };
        let file = from.source.as_ref().and_then(|source| source.file_path());
        match file {
            Some(file) => format!(" (from the file {})", file.display()),
            None => format!(" (from {})", from.name),
        }
    }
}

/// The items of a list that is one text.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    let items = text.split(',').map(str::trim);
    items.filter(|item| !item.is_empty())
}

/// A setting that is wrong, in the words of every such refusal.
pub(crate) fn wrong(setting: &str, message: impl Display) -> Failure {
    Failure::Usage(format!("setting `{setting}`: {message}"))
}

fn bounded<T: FromStr>(kind: Kind, text: &str) -> Result<T, String> {
    let Kind::Number { least, most } = kind else {
        return Err("is read as a number, and is none".to_owned());
    };
    let number = text.parse::<u64>().ok();
    let number = number.filter(|number| (least..=most).contains(number));
    let number = number.and_then(|_| text.parse().ok());
    number.ok_or_else(|| format!("must be a number from {least} to {most}"))
}

/// A value as the text that it would be on the command line. What is of another kind is not repeated.
fn text(kind: Kind, value: &Value) -> Result<String, &'static str> {
    let signed = || value.to_i128().map(|number| number.to_string());
    let unsigned = || value.to_u128().map(|number| number.to_string());
    let whole = || signed().or_else(unsigned);
    match (kind, value) {
        (_, Value::String(_, text)) => Ok(text.clone()),
        (Kind::Number { .. }, Value::Num(..)) => whole().ok_or("must be a whole number"),
        (Kind::List, Value::Num(..)) => whole().ok_or("must be a list of texts"),
        (Kind::Switch, Value::Bool(_, on)) => Ok(on.to_string()),
        (Kind::List, Value::Array(_, items)) => {
            let texts = items.iter().map(|item| match item {
                Value::Array(..) => Err("must be a list of texts"),
                item => text(kind, item),
            });
            texts
                .collect::<Result<Vec<_>, _>>()
                .map(|texts| texts.join(","))
        }
        (Kind::Text, _) => Err("must be a text"),
        (Kind::Number { .. }, _) => Err("must be a number"),
        (Kind::Switch, _) => Err("must be true or false"),
        (Kind::List, _) => Err("must be a list, or a text with commas"),
    }
}
