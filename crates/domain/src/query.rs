//! Questions to a collection, and the words that people search with.
//!
//! A [`Query`] states which items match and how they are ordered, in plain Rust; a store answers it
//! through [`Lists`] in whatever way is fast, and is held to the same answer by the contract tests.

use std::cmp::Ordering;

use org_kernel::StoreError;
use org_kernel::field::{FromText, Invalid};
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};
use org_kernel::text::{Line, fold};

/// A question to one collection of one organization.
pub trait Query: Send + Sync {
    /// What the collection holds.
    type Item: Clone + Send;

    /// True when the item belongs to the answer.
    fn matches(&self, item: &Self::Item) -> bool;

    /// The collection's one total order, which ends in the id.
    fn order(left: &Self::Item, right: &Self::Item) -> Ordering;
}

/// Answers one kind of query, a page at a time.
pub trait Lists<Q: Query>: Send + Sync {
    /// The page of the matching items of `org`, and of no other organization.
    fn list(&self, org: OrgId, query: &Q, page: PageRequest) -> Result<Page<Q::Item>, StoreError>;
}

/// Search words: each must occur somewhere, without regard to case or accents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words(Vec<String>);

impl Words {
    /// The longest search, in characters.
    pub const MAX: usize = 100;

    /// True when each word is a part of `folded`, which is text that [`fold`] made.
    pub fn occur_in(&self, folded: &str) -> bool {
        self.0.iter().all(|word| folded.contains(word.as_str()))
    }

    /// The folded words, as they were typed one after the other.
    pub fn folded(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl FromText for Words {
    /// Reads 1 to 100 characters on one line.
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let line = Line::<{ Self::MAX }>::from_text(text)?;
        let folded = fold(line.as_str());
        let words: Vec<_> = folded.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return Err(Invalid::new(
                "must have a letter to search for, not accents alone",
            ));
        }
        Ok(Self(words))
    }
}

/// Folds the texts that a search looks at into one.
///
/// They are parted by line feeds, which no search word contains, so no word matches across two.
pub fn searchable<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let texts: Vec<_> = texts.into_iter().flatten().map(fold).collect();
    texts.join("\n")
}

/// Ascending, with what is missing last.
pub(crate) fn missing_last<T: Ord>(left: Option<&T>, right: Option<&T>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => left.cmp(right),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        Words::from_text(text).expect("search words")
    }

    #[test]
    fn every_word_must_occur_in_any_order() {
        let composer = searchable([Some("Dvořák, Antonín"), None, Some("Novosvětská")]);
        assert!(words("DVOŘÁK").occur_in(&composer));
        assert!(words("nova antonin").occur_in(&searchable([Some("Antonín Nová")])));
        assert!(words("svet dvo").occur_in(&composer));
        assert!(!words("dvorak janacek").occur_in(&composer));
    }

    #[test]
    fn no_word_matches_across_two_texts() {
        assert!(!words("bachbrahms").occur_in(&searchable([Some("Bach"), Some("Brahms")])));
    }

    #[test]
    fn a_search_has_its_bounds() {
        assert!(Words::from_text(&"a".repeat(100)).is_ok());
        assert!(Words::from_text(&"a".repeat(101)).is_err());
        assert!(Words::from_text(" ").is_err());
        assert!(
            Words::from_text("\u{301}").is_err(),
            "an accent alone would match everything"
        );
        assert!(Words::from_text("a\0b").is_err());
    }

    #[test]
    fn what_is_missing_comes_last() {
        let mut chairs = [None, Some(2), Some(1)];
        chairs.sort_by(|left, right| missing_last(left.as_ref(), right.as_ref()));
        assert_eq!(chairs, [Some(1), Some(2), None]);
    }
}
