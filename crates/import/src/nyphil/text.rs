//! Text of the archive, which was XML once.

use serde_json::Value;

/// The text in a value, white space collapsed; `None` when there is none.
///
/// Mixed content, such as `{ "_": "Overture to", "em": "Tannhäuser" }` or a list of `em`s, is its
/// pieces in order, joined by single spaces.
pub(super) fn text_of(value: &Value) -> Option<String> {
    let mut text = String::new();
    append(value, &mut text);
    (!text.is_empty()).then_some(text)
}

fn append(value: &Value, text: &mut String) {
    match value {
        Value::String(piece) => append_words(piece, text),
        Value::Number(number) => append_words(&number.to_string(), text),
        Value::Array(values) => values.iter().for_each(|value| append(value, text)),
        Value::Object(object) => object.values().for_each(|value| append(value, text)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn append_words(piece: &str, text: &mut String) {
    for word in piece.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn mixed_content_is_its_text_in_order() {
        for (value, text) in [
            (
                json!("Handel,  George \n Frideric "),
                Some("Handel, George Frideric"),
            ),
            (
                json!({ "_": "Overture To", "em": "Tannhäuser" }),
                Some("Overture To Tannhäuser"),
            ),
            (
                json!({ "em": ["SPRING", "SEASONS "], "_": "(ARR.)" }),
                Some("SPRING SEASONS (ARR.)"),
            ),
            (json!({ "_": "", "em": [] }), None),
            (json!(5), Some("5")),
            (json!("  "), None),
            (json!(null), None),
            (json!(true), None),
        ] {
            assert_eq!(text_of(&value).as_deref(), text, "{value}");
        }
    }
}
