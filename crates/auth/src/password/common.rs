//! The passwords that everybody tries first.
//!
//! `commonest.txt` has the 10,000 that stand first in the list of leaked passwords, by how often each
//! was found, that comes with version 4.1.3 of zxcvbn-ts, in lower case and in the order of the
//! alphabet. Its licence, MIT, stands beside it.

use std::collections::HashSet;
use std::sync::LazyLock;

static COMMONEST: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("commonest.txt").lines().collect());

/// True for one of the commonest; `folded` is in lower case.
pub(super) fn is_common(folded: &str) -> bool {
    COMMONEST.contains(folded)
}

/// True for one character again and again.
pub(super) fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    characters.all(|character| Some(character) == first)
}

/// True when `text` is a text that `is_known`, or one of them repeated (and cut off at the end), also
/// with digits and signs put before or behind.
pub(super) fn is_made_of(text: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    let letter = |character: char| character.is_alphabetic();
    let (Some(first), Some(last)) = (text.find(letter), text.rfind(letter)) else {
        // Without letters, what is put before and behind are signs: digits may be the password itself.
        return repeats(text.trim_matches(|c: char| !c.is_numeric()), is_known)
            || repeats(text, is_known);
    };
    let begins = text.char_indices().map(|(place, _)| place);
    let begins: Vec<_> = begins.take_while(|place| *place <= first).collect();
    let ends = text.char_indices().map(|(place, c)| place + c.len_utf8());
    let ends: Vec<_> = ends.filter(|end| *end > last).collect();
    let mut cores = begins
        .iter()
        .flat_map(|begin| ends.iter().map(|end| &text[*begin..*end]));
    let end = ends.first().copied().unwrap_or(text.len());
    cores.any(is_known) || repeats(&text[first..end], is_known) || repeats(text, is_known)
}

/// True when `text` is the beginning of a known text written again and again.
fn repeats(text: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    let ends = text.char_indices().skip(1).map(|(place, _)| place);
    let whole = std::iter::once(text.len());
    ends.chain(whole).any(|end| {
        let (part, rest) = text.split_at(end);
        let mut again = rest.bytes().zip(part.bytes().cycle());
        is_known(part) && again.all(|(one, other)| one == other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_in_lower_case_and_in_order() {
        let lines: Vec<_> = include_str!("commonest.txt").lines().collect();
        assert_eq!(lines.len(), 10_000);
        assert!(lines.is_sorted_by(|one, next| one < next));
        assert!(lines.iter().all(|line| *line == line.to_lowercase().trim()));
        assert!(is_common("letmein") && !is_common("glockenspielerin"));
    }
}
