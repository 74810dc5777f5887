//! What does not count at the ends of a text.

/// The text without the blanks at its ends. Of control characters only tab, line feed and carriage
/// return are blanks; any other is no part of a text at all, wherever it stands.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

fn is_blank(character: char) -> bool {
    let typed = matches!(character, '\t' | '\n' | '\r');
    character.is_whitespace() && (typed || !character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_trimmed_and_other_control_characters_stay() {
        assert_eq!(trimmed(" \t\r\n\u{a0}\u{2003}a b\u{3000}\n"), "a b");
        for control in ['\u{b}', '\u{c}', '\u{1c}', '\u{7f}', '\u{85}'] {
            let text = format!("{control}a{control}");
            assert_eq!(trimmed(&text), text);
        }
    }
}
