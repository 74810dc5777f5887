//! Settings of which there may be several: a list, or one text with commas, which is how a variable of
//! the environment is most easily written.

use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a list, or a text with commas")]
enum List {
    Many(Vec<Item>),
    One(Item),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Item {
    Number(u64),
    Text(String),
}

pub(super) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match List::deserialize(deserializer)? {
        List::Many(items) => items.into_iter().map(Item::into_text).collect(),
        List::One(Item::Text(text)) => {
            let parts = text.split(',').map(str::trim);
            let parts = parts.filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        }
        List::One(item) => vec![item.into_text()],
    })
}

impl Item {
    fn into_text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::{Format, Toml};

    use super::*;

    #[derive(Deserialize)]
    struct Written {
        #[serde(deserialize_with = "list")]
        of: Vec<String>,
    }

    fn read(toml: &str) -> Result<Vec<String>, String> {
        let written = Figment::from(Toml::string(toml)).extract();
        let written: Written = written.map_err(|error| error.kind.to_string())?;
        Ok(written.of)
    }

    #[test]
    fn a_list_may_be_written_as_one_or_as_a_text() {
        for (toml, expected) in [
            ("of = []", &[] as &[&str]),
            ("of = ''", &[]),
            ("of = '10.0.0.0/8'", &["10.0.0.0/8"]),
            ("of = '10.0.0.0/8, ::1,'", &["10.0.0.0/8", "::1"]),
            ("of = ['10.0.0.0/8', '::1']", &["10.0.0.0/8", "::1"]),
            ("of = 443", &["443"]),
            ("of = [443, 8443]", &["443", "8443"]),
        ] {
            assert_eq!(read(toml).expect(toml), expected, "{toml}");
        }
    }

    #[test]
    fn what_is_neither_is_refused() {
        for toml in ["of = true", "of = [true]", "of = { a = 1 }"] {
            let refused = read(toml).expect_err(toml);
            assert!(refused.contains("a text with commas"), "{refused}");
        }
    }
}
