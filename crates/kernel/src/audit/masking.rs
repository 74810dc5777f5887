//! What is not to be read in a trail.

use serde_json::Value;

/// Stands for it.
pub(super) const MASKED: &str = "***";

/// The value with every e-mail address in its texts made unreadable.
pub(super) fn without_addresses(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('@') => mask(&text).into(),
        Value::Array(values) => values.into_iter().map(without_addresses).collect(),
        Value::Object(fields) => {
            let masked = |(name, value)| (name, without_addresses(value));
            fields.into_iter().map(masked).collect()
        }
        value => value,
    }
}

/// Words are what stands between blanks, brackets, quotation marks and the like.
fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends_word) {
        let word = piece.trim_end_matches(ends_word);
        let sentence = word.trim_end_matches('.');
        if is_address(sentence) {
            masked.push_str(MASKED);
            masked.push_str(&piece[sentence.len()..]);
        } else {
            masked.push_str(piece);
        }
    }
    masked
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || ",;:<>()[]{}|\"'/\\".contains(character)
}

/// Something on both sides of an `@`: rather one word too many than one address too few.
fn is_address(word: &str) -> bool {
    let parts = word.rsplit_once('@');
    parts.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn addresses_are_masked_and_the_rest_is_left() {
        for (text, expected) in [
            ("ada@example.org", "***"),
            ("Ada <ada@example.org>; ida@x.at.", "Ada <***>; ***."),
            ("mailto:ada+box@example.org?subject=x", "mailto:***"),
            ("(ada@\u{f6}sterreich.at)", "(***)"),
            ("a@b\nc@d", "***\n***"),
            ("meet @ noon, @ida", "meet @ noon, @ida"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(without_addresses(json!(text)), json!(expected), "{text}");
        }
    }

    #[test]
    fn texts_are_found_at_any_depth() {
        let value = json!({ "a": [{ "b": "x@y.z" }], "c": 1 });
        let expected = json!({ "a": [{ "b": "***" }], "c": 1 });
        assert_eq!(without_addresses(value), expected);
    }
}
