//! What a page says of what was just done: a code in the address, words here.
//!
//! Only these words are ever shown, so that nobody can make up an address that says something else.

const NOTICES: &[(&str, &str)] = &[("signed-out", "You are signed out.")];

/// The words of a code.
pub(crate) fn words(code: &str) -> Option<&'static str> {
    let found = NOTICES.iter().find(|(known, _)| *known == code);
    found.map(|(_, words)| *words)
}
