//! Characters that nobody sees: those that only change how others are shown, and so let one name pass for
//! another, or none for a name.

use std::borrow::Cow;

use icu_properties::props::{
    BinaryProperty, DefaultIgnorableCodePoint, EnumeratedProperty, GeneralCategory,
};

/// The joiner and the non-joiner, which scripts and emoji need between two characters.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// A pattern of braille without a dot, which Unicode counts among the symbols.
const NO_DOTS: char = '\u{2800}';

/// The text with the characters that nobody sees written as JSON writes them, `\\u202e`: those that only
/// format, and control characters but for tabs and the ends of lines.
pub fn with_unseen_escaped(text: &str) -> Cow<'_, str> {
    let typed = |character| matches!(character, '\t' | '\n' | '\r');
    let is_hidden = |(at, character): (usize, char)| {
        let controls = character.is_control() && !typed(character);
        controls || formats(character) && !joins(text, at, character)
    };
    if !text.char_indices().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (at, character) in text.char_indices() {
        if is_hidden((at, character)) {
            let mut room = [0; 2];
            let units = character.encode_utf16(&mut room).iter();
            shown.extend(units.map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// The first character of a text that only formats, or separates lines or paragraphs, whatever the font:
/// Unicode's categories Cf, Zl and Zp. A joiner between two characters that do not is none of them.
pub(super) fn first_formatting(text: &str) -> Option<char> {
    let mut characters = text.char_indices();
    characters
        .find(|(at, character)| formats(*character) && !joins(text, *at, *character))
        .map(|(_, character)| character)
}

/// Whether there is a character that shows itself.
pub(super) fn is_seen(text: &str) -> bool {
    let shows = |character: char| {
        let hidden = DefaultIgnorableCodePoint::for_char(character) || character == NO_DOTS;
        !hidden && !character.is_whitespace() && !character.is_control()
    };
    text.chars().any(shows)
}

/// Whether the character at this byte is a joiner that has something to join.
fn joins(text: &str, at: usize, character: char) -> bool {
    let before = text[..at].chars().next_back();
    let joined = before.zip(text[at + character.len_utf8()..].chars().next());
    JOINERS.contains(&character)
        && joined.is_some_and(|(one, other)| is_joined(one) && is_joined(other))
}

fn is_joined(character: char) -> bool {
    !character.is_whitespace() && !formats(character)
}

fn formats(character: char) -> bool {
    let formatting = [
        GeneralCategory::Format,
        GeneralCategory::LineSeparator,
        GeneralCategory::ParagraphSeparator,
    ];
    !character.is_ascii() && formatting.contains(&GeneralCategory::for_char(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_formats_is_found_wherever_it_stands() {
        for character in [
            '\u{ad}',
            '\u{61c}',
            '\u{200b}',
            '\u{200e}',
            '\u{2028}',
            '\u{2029}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{feff}',
            '\u{e0041}',
        ] {
            for text in [
                format!("{character}ab"),
                format!("a{character}b"),
                format!("ab{character}"),
            ] {
                assert_eq!(first_formatting(&text), Some(character), "{text:?}");
            }
        }
    }

    #[test]
    fn what_is_not_seen_is_escaped_as_json_escapes_it() {
        for (text, shown) in [
            ("a\u{202e}b\u{2028}", "a\\u202eb\\u2028"),
            ("\u{1b}[2J\u{0}\u{85}", "\\u001b[2J\\u0000\\u0085"),
            ("\u{e0041}", "\\udb40\\udc41"),
            ("👩\u{200d}🎻\u{200d}", "👩\u{200d}🎻\\u200d"),
        ] {
            assert_eq!(with_unseen_escaped(text), shown);
        }
        for text in ["", "{\r\n\t\"é\": 1}"] {
            assert_eq!(with_unseen_escaped(text), text);
        }
    }

    #[test]
    fn joiners_stand_between_two_characters() {
        for text in [
            "نامه\u{200c}ای",
            "क्\u{200d}ष",
            "👩\u{200d}🎻",
            "❤\u{fe0f}\u{200d}🔥",
        ] {
            assert_eq!(first_formatting(text), None, "{text:?}");
        }
        for text in [
            "\u{200d}",
            "\u{200d}a",
            "a\u{200c}",
            "a\u{200d} b",
            "a\u{200d}\u{200d}b",
        ] {
            assert!(first_formatting(text).is_some(), "{text:?}");
        }
    }

    #[test]
    fn texts_of_every_script_have_nothing_to_find() {
        for text in [
            "Dvořák",
            "e\u{301}",
            "한국",
            "Чайковский",
            "שלום",
            "𝄞",
            "🇦🇹",
            "a\u{a0}b",
        ] {
            assert_eq!(first_formatting(text), None, "{text:?}");
            assert!(is_seen(text), "{text:?}");
        }
    }

    #[test]
    fn nothing_is_seen_of_fillers_and_selectors() {
        for text in [
            "\u{3164}",
            "\u{115f}\u{1160}",
            "\u{fe0f}",
            "\u{34f}",
            "\u{2800}",
            "\u{a0}",
        ] {
            assert!(!is_seen(text), "{text:?}");
        }
        assert!(is_seen("\u{3164}a"));
    }
}
