//! JSON from outside, read strictly.
//!
//! JSON lets an object have a name twice and says nothing of what that means; two parsers could take
//! two different values for it. So such a name is never passed over, at any depth: [`parse`] refuses
//! the text, and [`Noted`] tells the name, for whoever has something to say about the rest. Nesting
//! deeper than 127 is refused by both, which is where serde's parser stops.

mod visitor;

use std::cell::RefCell;

use serde::Deserialize;
use serde::de::{DeserializeSeed as _, Deserializer};
use serde_json::Value;

use self::visitor::Twice;

/// Reads one JSON value from UTF-8, or says what is wrong with the text.
pub fn parse(text: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice::<Strict>(text).map(|Strict(value)| value)
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Twice::Refuse.deserialize(deserializer).map(Self)
    }
}

/// A JSON value, with a note of a name that stands twice in one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted {
    /// The value; of a name that stands twice, it has what stands there last.
    pub value: Value,
    /// The first name, at any depth, that was met in an object for a second time.
    pub twice: Option<String>,
}

impl<'de> Deserialize<'de> for Noted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let twice = RefCell::new(None);
        let value = Twice::Note(&twice).deserialize(deserializer)?;
        Ok(Self {
            value,
            twice: twice.into_inner(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(text: &str) -> String {
        parse(text.as_bytes()).expect_err(text).to_string()
    }

    #[test]
    fn every_kind_of_value_is_read() {
        let text =
            r#"{"a":[null,true,-1,18446744073709551615,0.5,"\u00e9\ud83c\udfbb"],"b":{"a":{}}}"#;
        let value = json!({ "a": [null, true, -1, u64::MAX, 0.5, "é🎻"], "b": { "a": {} } });
        assert_eq!(parse(text.as_bytes()).expect("JSON"), value);
    }

    #[test]
    fn a_name_that_stands_twice_is_refused_at_any_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"[{"b":{"a":1,"c":2,"a":3}}]"#,
        ] {
            assert!(
                refusal(text).starts_with("the name \"a\" stands twice"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_that_stands_twice_can_be_noted_instead() {
        for (text, value, twice) in [
            (
                r#"{"a":1,"b":{"a":2}}"#,
                json!({ "a": 1, "b": { "a": 2 } }),
                None,
            ),
            (r#"{"a":1,"\u0061":2}"#, json!({ "a": 2 }), Some("a")),
            (
                r#"[{"b":{"a":1,"c":2,"a":3}},{"d":0,"d":1}]"#,
                json!([{ "b": { "a": 3, "c": 2 } }, { "d": 1 }]),
                Some("a"),
            ),
        ] {
            let noted: Noted = serde_json::from_str(text).expect(text);
            let twice = twice.map(str::to_owned);
            assert_eq!(noted, Noted { value, twice }, "{text}");
        }
        assert!(serde_json::from_str::<Noted>(r#"{"a":1,"a":1"#).is_err());
    }

    #[test]
    fn deep_nesting_is_refused_before_the_stack_ends() {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let text = format!("{}1{}", open.repeat(1000), close.repeat(1000));
            assert!(refusal(&text).contains("recursion limit"), "{open}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            "{",
            "{} {}",
            "{'a':1}",
            "{\"a\":NaN}",
            "1e999",
            "\"\\ud800\"",
            "\u{feff}{}",
            "nul",
            "[1,]",
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse(b"\"\xff\"").is_err());
    }
}
