//! One entry of the trail, in words.

use org_auth::refusals::RefusedRequest;
use org_kernel::audit::{Entry, Request};
use org_kernel::instant::Instant;
use serde_json::{Map, Value};

use super::names::Names;

/// An entry as the page shows it.
pub(super) struct Told {
    pub(super) at: Instant,
    pub(super) author: String,
    /// What was done, in words.
    pub(super) deed: String,
    /// The same, as programs name it.
    pub(super) action: String,
    pub(super) subject: Option<About>,
    pub(super) changes: Vec<Difference>,
    /// What else there is to say: names and values.
    pub(super) notes: Vec<(String, String)>,
    pub(super) request: Option<Request>,
}

/// An object, by what it is called and by its id.
pub(super) struct About {
    pub(super) name: String,
    pub(super) id: String,
    /// Where its page is, if it has one.
    pub(super) page: Option<String>,
}

/// A field that was changed.
pub(super) struct Difference {
    pub(super) field: String,
    /// None where there was nothing before.
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

impl Told {
    pub(super) fn of(entry: Entry, names: &Names) -> Self {
        let mut details = entry.details;
        let changes = match details.remove("changes") {
            Some(Value::Object(changes)) => changes.iter().map(difference).collect(),
            _ => Vec::new(),
        };
        let subject = entry.subject.map(|subject| About {
            name: names.subject(&subject),
            page: names.page(&subject),
            id: subject.to_string(),
        });
        Self {
            at: entry.at,
            author: names.author(entry.actor),
            deed: deed(&entry.action),
            action: entry.action,
            subject,
            changes,
            notes: notes(&details),
            request: entry.request,
        }
    }
}

/// What was done; of somebody who was not let in there is a word that people know.
fn deed(action: &str) -> String {
    match action {
        RefusedRequest::SIGN_IN => "Sign-in refused".to_owned(),
        action => words(&action.replace('.', "_")),
    }
}

fn difference((field, change): (&String, &Value)) -> Difference {
    Difference {
        field: words(field),
        old: change.get("old").and_then(text),
        new: change.get("new").and_then(text),
    }
}

fn notes(details: &Map<String, Value>) -> Vec<(String, String)> {
    let told = |(name, value): (&String, &Value)| Some((words(name), text(value)?));
    details.iter().filter_map(told).collect()
}

/// `legalName` and `api_key_created` as people write them.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        match letter {
            '_' => words.push(' '),
            letter if letter.is_ascii_uppercase() => {
                words.push(' ');
                words.push(letter.to_ascii_lowercase());
            }
            letter => words.push(letter),
        }
    }
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let words: String = first.into_iter().chain(letters).collect();
    words.replace("Api key", "API key")
}

/// A value in words; nothing, of what is null or empty.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Array(values) => {
            let texts: Vec<_> = values.iter().filter_map(text).collect();
            (!texts.is_empty()).then(|| texts.join(", "))
        }
        Value::Number(_) | Value::Object(_) => Some(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_programs_are_told_in_words() {
        for (name, told) in [
            ("legalName", "Legal name"),
            ("contact_created", "Contact created"),
            ("api_key_revoked", "API key revoked"),
            ("", ""),
        ] {
            assert_eq!(words(name), told);
        }
    }

    #[test]
    fn values_are_told_in_words() {
        for (value, told) in [
            (json!(null), None),
            (json!(""), None),
            (json!([]), None),
            (json!(["a", "b"]), Some("a, b")),
            (json!(true), Some("yes")),
            (json!(7), Some("7")),
            (json!({ "a": 1 }), Some(r#"{"a":1}"#)),
        ] {
            assert_eq!(text(&value).as_deref(), told, "{value}");
        }
    }
}
