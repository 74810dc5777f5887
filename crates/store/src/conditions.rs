//! Searches for parts of words, as conditions that a trigram index serves.
//!
//! A search is a list of words that must all occur. One `LIKE` for each would make as many shapes of
//! a statement as there are numbers of words, times the same for every other search in it; and each
//! connection keeps every shape prepared. So at most [`INDEXED`] words, the longest, which find the
//! fewest rows, are looked up in the index, and one array bears all the words that decide.

use diesel::sql_types::{Array, Text};
use org_domain::query::Words;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Stands on the right of a comparison, which then must hold for each text of the list.
    #[sql_name = "ALL"]
    fn each_of(texts: Array<Text>) -> Text;
}

/// How many words of a question are looked up in the index.
const INDEXED: usize = 3;

/// The patterns of the words to look up, among all searches of one question in the same text.
///
/// A word of fewer than three characters has no trigram, and is looked up only for want of longer
/// ones: then the index does not help, and the answer is right all the same.
pub(crate) fn looked_up<'a>(searches: impl IntoIterator<Item = Option<&'a Words>>) -> Vec<String> {
    let searches = searches.into_iter().flatten();
    let mut words: Vec<_> = searches.flat_map(Words::folded).collect();
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
    words.dedup();
    words.into_iter().take(INDEXED).map(containing).collect()
}

/// What a text is like that every word of a search occurs in: `text.like(all_of(words))`.
pub(crate) fn all_of(words: &Words) -> each_of<Vec<String>> {
    each_of(patterns(words))
}

fn patterns(words: &Words) -> Vec<String> {
    words.folded().map(containing).collect()
}

/// The pattern of a text that contains `word`, in which `%`, `_` and `\` mean themselves.
fn containing(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for character in word.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use org_kernel::field::FromText;

    use super::*;

    fn words(text: &str) -> Words {
        Words::from_text(text).expect("search words")
    }

    #[test]
    fn a_pattern_finds_its_characters_and_nothing_else() {
        assert_eq!(
            patterns(&words(r"50% a_b c\d")),
            [r"%50\%%", r"%a\_b%", r"%c\\d%"]
        );
    }

    #[test]
    fn the_longest_words_of_all_searches_are_looked_up_once() {
        let (one, other) = (words("no. 9 e dvorak symphony"), words("Dvořák Antonín"));
        assert_eq!(
            looked_up([Some(&one), None, Some(&other)]),
            ["%symphony%", "%antonin%", "%dvorak%"]
        );
    }

    #[test]
    fn no_search_looks_nothing_up() {
        assert!(looked_up([None, None]).is_empty());
    }
}
