//! What a form or a query holds: names and texts, as they were sent.

use url::form_urlencoded;

/// Names and texts in the order in which they came; a name may come more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`, which every text is; what is not UTF-8 is replaced.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The first text under this name; empty if there is none.
    pub(crate) fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// All texts under this name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, text)| text.as_str())
    }

    /// Whether there is such a field, which of a checkbox says that it is ticked.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Adds a field.
    pub(crate) fn add(&mut self, name: &str, text: impl Into<String>) {
        self.0.push((name.to_owned(), text.into()));
    }

    /// As a query, of those fields that have a text.
    pub(crate) fn to_query(&self) -> String {
        let told = self.0.iter().filter(|(_, text)| !text.is_empty());
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(told)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        let fields = Fields::parse("name=Jan+Nov%C3%A1k&scope=a&scope=b&empty=".as_bytes());
        assert_eq!(fields.one("name"), "Jan Novák");
        assert_eq!(fields.all("scope").collect::<Vec<_>>(), ["a", "b"]);
        assert!(fields.has("empty") && !fields.has("other"));
        assert_eq!(fields.one("other"), "");
        assert_eq!(fields.to_query(), "name=Jan+Nov%C3%A1k&scope=a&scope=b");
    }
}
