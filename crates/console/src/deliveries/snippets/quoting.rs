//! Texts as programs write them.

/// In Rust.
pub(super) fn in_rust(text: &str) -> String {
    quoted(text, |hidden| format!("\\u{{{:x}}}", u32::from(hidden)))
}

/// In Python.
pub(super) fn in_python(text: &str) -> String {
    quoted(text, |hidden| format!("\\U{:08x}", u32::from(hidden)))
}

/// In JavaScript.
pub(super) fn in_javascript(text: &str) -> String {
    quoted(text, |hidden| format!("\\u{{{:x}}}", u32::from(hidden)))
}

/// Between double quotes; `spell` writes what cannot be seen.
fn quoted(text: &str, spell: impl Fn(char) -> String) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            shown if is_shown(shown) => quoted.push(shown),
            hidden => quoted.push_str(&spell(hidden)),
        }
    }
    quoted.push('"');
    quoted
}

/// In bash: what cannot be seen is spelled byte by byte, whatever the locale is.
pub(super) fn in_bash(text: &str) -> String {
    let mut quoted = String::from("$'");
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            shown if is_shown(shown) => quoted.push(shown),
            hidden => {
                let mut bytes = [0; 4];
                let bytes = hidden.encode_utf8(&mut bytes).bytes();
                quoted.extend(bytes.map(|byte| format!("\\x{byte:02x}")));
            }
        }
    }
    quoted.push('\'');
    quoted
}

/// Whether a character can be seen, and is read as what it is. Marks that turn the direction of a text
/// cannot: they would show a program that is another one.
fn is_shown(letter: char) -> bool {
    matches!(letter, '\'' | '"') || letter.escape_debug().len() == 1
}
