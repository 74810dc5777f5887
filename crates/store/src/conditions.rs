//! Searches for parts of words, as conditions that a trigram index serves, or no index does.
//!
//! A search is a list of words that must all occur. One `LIKE` for each would make as many shapes of
//! a statement as there are numbers of words, times the same for every other search in it; and each
//! connection keeps shapes prepared. So at most [`INDEXED`] words, the longest, which find the fewest
//! rows, are looked up in the index, and one array bears all the words that decide. No index serves a
//! comparison with all of an array.
//!
//! An index over trigrams knows nothing of what is shorter. Asked for it all the same, it gives every row
//! that it has, of every organization: seconds, for an organization of a thousand rows beside one of a
//! million. So where no word has a trigram, the index is not asked, and the rows of the organization are
//! read.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::AstPass;
use diesel::sql_types::{Array, Text, Uuid};
use org_domain::query::Words;

/// How many words of a question are looked up in the index.
const INDEXED: usize = 2;

/// Between these are all ids.
const FIRST: uuid::Uuid = uuid::Uuid::nil();
const LAST: uuid::Uuid = uuid::Uuid::max();

/// The column that has all that can be searched for, and the index.
const SEARCHED: &str = "search_text";

/// The searches of one question.
#[derive(Debug)]
pub(crate) struct Search {
    /// The patterns of the words to look up.
    looked_up: Vec<String>,
    /// Columns of folded text, each with the patterns that it must match.
    decides: Vec<(&'static str, Vec<String>)>,
}

impl Search {
    /// Words for everything that can be searched for, and words for single columns. What stands in these
    /// stands in the searched text too, so its index finds them.
    pub(crate) fn new<'a>(
        everywhere: Option<&'a Words>,
        columns: impl IntoIterator<Item = (&'static str, Option<&'a Words>)>,
    ) -> Self {
        let searches: Vec<_> = std::iter::once((SEARCHED, everywhere))
            .chain(columns)
            .filter_map(|(column, words)| Some((column, words?)))
            .collect();
        let decides = |(column, words): &(_, &Words)| (*column, patterns(words));
        Self {
            looked_up: looked_up(searches.iter().map(|(_, words)| *words)),
            decides: searches.iter().map(decides).collect(),
        }
    }

    /// Whether nothing is searched for.
    pub(crate) fn is_empty(&self) -> bool {
        self.decides.is_empty()
    }

    /// Whether it has a shape that is seldom asked for.
    pub(crate) fn is_rare(&self) -> bool {
        self.decides.len() > 1
    }

    /// Writes the conditions by which rows are found, each with an `AND` behind it.
    ///
    /// Where the index is not asked, the ids are to be in a range, in which all ids are. Of a range that
    /// it does not know the planner expects little, whatever it knows of organizations; so it reads the
    /// rows of the organization by its ids, and not the table.
    pub(crate) fn walk_lookup<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for pattern in &self.looked_up {
            pass.push_identifier(SEARCHED)?;
            pass.push_sql(" LIKE ");
            pass.push_bind_param::<Text, _>(pattern)?;
            pass.push_sql(" AND ");
        }
        if self.looked_up.is_empty() {
            pass.push_sql("id BETWEEN ");
            pass.push_bind_param::<Uuid, _>(&FIRST)?;
            pass.push_sql(" AND ");
            pass.push_bind_param::<Uuid, _>(&LAST)?;
            pass.push_sql(" AND ");
        }
        Ok(())
    }

    /// Writes the conditions that decide, of which there must be one.
    pub(crate) fn walk_decision<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for (number, (column, patterns)) in self.decides.iter().enumerate() {
            if number > 0 {
                pass.push_sql(" AND ");
            }
            pass.push_identifier(column)?;
            pass.push_sql(" LIKE ALL (");
            pass.push_bind_param::<Array<Text>, _>(patterns)?;
            pass.push_sql(")");
        }
        Ok(())
    }
}

/// The patterns of the longest words that the index knows anything of.
fn looked_up<'a>(searches: impl Iterator<Item = &'a Words>) -> Vec<String> {
    let mut words: Vec<_> = searches.flat_map(Words::folded).collect();
    words.retain(|word| has_trigram(word));
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
    words.dedup();
    words.into_iter().take(INDEXED).map(containing).collect()
}

/// Whether PostgreSQL makes a trigram of a part of the word: of three letters or digits that stand
/// together. What it takes for a letter beyond ASCII depends on the locale of the database; only what
/// every locale agrees on counts.
fn has_trigram(word: &str) -> bool {
    word.as_bytes()
        .windows(3)
        .any(|three| three.iter().all(u8::is_ascii_alphanumeric))
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

    fn looked_up(everywhere: &str, composer: Option<&str>) -> Vec<String> {
        let composer = composer.map(words);
        let columns = [("composer_folded", composer.as_ref())];
        Search::new(Some(&words(everywhere)), columns).looked_up
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
        assert_eq!(
            looked_up("no. 9 e dvorak symphony", Some("Dvořák Antonín")),
            ["%symphony%", "%antonin%"]
        );
    }

    #[test]
    fn words_without_a_trigram_are_not_looked_up() {
        assert_eq!(looked_up("a 9. ab c-d-ef a_b_c 東京都", None), [""; 0]);
        assert_eq!(looked_up("ab abc", None), ["%abc%"]);
    }

    #[test]
    fn no_search_looks_nothing_up() {
        let search = Search::new(None, [("composer_folded", None)]);
        assert!(search.is_empty() && search.looked_up.is_empty());
    }
}
