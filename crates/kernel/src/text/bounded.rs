//! Text of one or several lines, within its bounds.

use std::fmt;

use serde::Serialize;

use crate::field::{FromText, Invalid};
use crate::text::{trimmed, unseen};

/// Trimmed text of 1 to `MAX` characters. If `MULTILINE`, it may hold tabs and line feeds; it never
/// holds another control character, nor one that only changes how others are shown, and some of it can be
/// seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize, const MULTILINE: bool>(String);

/// One line of text.
pub type Line<const MAX: usize> = Text<MAX, false>;

/// Text of several lines; CR LF and CR have become LF.
pub type Prose<const MAX: usize> = Text<MAX, true>;

impl<const MAX: usize, const MULTILINE: bool> Text<MAX, MULTILINE> {
    /// Takes text back that was of this type when it was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }

    fn forbids(character: char) -> bool {
        character.is_control() && !(MULTILINE && matches!(character, '\t' | '\n'))
    }
}

impl<const MAX: usize, const MULTILINE: bool> FromText for Text<MAX, MULTILINE> {
    /// Trims first; then line endings are made one; then characters are looked at and counted.
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let text = trimmed(text);
        let text = if MULTILINE {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        };
        if let Some(character) = text.chars().find(|character| Self::forbids(*character)) {
            let code = u32::from(character);
            return Err(Invalid::new(format!(
                "must not contain the control character U+{code:04X}"
            )));
        }
        if let Some(character) = unseen::first_formatting(&text) {
            let code = u32::from(character);
            return Err(Invalid::new(format!(
                "must not contain the invisible character U+{code:04X}"
            )));
        }
        match text.chars().count() {
            0 => Err(Invalid::new("must not be empty")),
            length if length > MAX => Err(Invalid::new(format!(
                "must be at most {MAX} characters long"
            ))),
            _ if !unseen::is_seen(&text) => {
                Err(Invalid::new("must have a character that can be seen"))
            }
            _ => Ok(Self(text)),
        }
    }
}

impl<const MAX: usize, const MULTILINE: bool> From<Text<MAX, MULTILINE>> for String {
    fn from(text: Text<MAX, MULTILINE>) -> Self {
        text.0
    }
}

impl<const MAX: usize, const MULTILINE: bool> AsRef<str> for Text<MAX, MULTILINE> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize, const MULTILINE: bool> fmt::Display for Text<MAX, MULTILINE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Short = Line<4>;
    type Note = Prose<9>;

    #[test]
    fn a_line_is_trimmed_before_it_is_measured() {
        assert_eq!(
            Short::from_text("  \tDvoř\n ").expect("a line").as_str(),
            "Dvoř"
        );
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        let message = |text| Short::from_text(text).unwrap_err().to_string();
        assert!(Short::from_text("ěščř").is_ok());
        assert_eq!(message("ěščřž"), "must be at most 4 characters long");
        assert_eq!(message(" "), "must not be empty");
    }

    #[test]
    fn a_line_holds_no_control_character() {
        for character in [
            '\0', '\t', '\n', '\r', '\u{1f}', '\u{7f}', '\u{85}', '\u{9f}',
        ] {
            let text = format!("a{character}b");
            assert!(Short::from_text(&text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn every_line_ending_of_prose_becomes_a_line_feed() {
        assert_eq!(
            Note::from_text("a\r\nb\rc\n\td\r\n")
                .expect("prose")
                .as_str(),
            "a\nb\nc\n\td"
        );
    }

    #[test]
    fn prose_holds_tabs_and_line_feeds_alone() {
        for character in ['\0', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}'] {
            let text = format!("a{character}b");
            assert!(Note::from_text(&text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn no_text_hides_what_it_is() {
        let message = |text| Note::from_text(text).unwrap_err().to_string();
        assert_eq!(
            message("a\u{202e}b"),
            "must not contain the invisible character U+202E"
        );
        assert_eq!(
            Short::from_text("\u{feff}a").unwrap_err().to_string(),
            "must not contain the invisible character U+FEFF"
        );
        assert_eq!(
            message("\u{3164}"),
            "must have a character that can be seen"
        );
        assert!(Short::from_text("👩\u{200d}🎻").is_ok());
    }

    #[test]
    fn a_line_ending_counts_as_one_character() {
        assert!(Note::from_text("1\r\n2\r\n3\r\n4\r\n5").is_ok());
        assert!(Note::from_text("1\n2\n3\n4\n56").is_err());
    }
}
