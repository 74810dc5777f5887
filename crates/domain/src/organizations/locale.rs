//! How an organization writes numbers and dates.

use std::fmt;

use icu_locale_core::Locale as Tag;
use org_kernel::field::{FromText, Invalid};

/// The longest tag, in characters.
const LONGEST: usize = 35;

/// The longest code of a language. The grammar has room for longer ones, and the registry has none.
const LONGEST_LANGUAGE: usize = 3;

/// A BCP 47 tag such as `de-AT`: language, script, country and variants. It has no extensions, which would
/// change the calendar and the digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale(String);

impl Locale {
    /// English of no country, with which organizations begin.
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// Takes text back that was a tag when it was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for Locale {
    /// The tag is written as the standard writes it, whatever the case it came in.
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let refusal = || Invalid::new("must be a language tag like de-AT");
        let tag = Tag::try_from_str(text.trim()).map_err(|_| refusal())?;
        if !tag.extensions.is_empty() {
            return Err(Invalid::new(
                "must be a language and a country alone, like de-AT, without extensions like -u-ca-islamic",
            ));
        }
        let written = tag.to_string();
        let fits = written.len() <= LONGEST && tag.id.language.as_str().len() <= LONGEST_LANGUAGE;
        fits.then_some(Self(written)).ok_or_else(refusal)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_written_as_the_standard_writes_it() {
        for (text, expected) in [
            ("de-at", "de-AT"),
            (" en ", "en"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("CA-es-Valencia", "ca-ES-valencia"),
        ] {
            let locale = Locale::from_text(text).expect(text);
            assert_eq!(locale.as_str(), expected);
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        let long = format!("en-x{}", "-abcdefgh".repeat(4));
        for text in ["", "german", "de_", "d", "de-AT-", "*", "de\nAT", &long] {
            assert!(Locale::from_text(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_changes_calendars_and_digits_is_refused() {
        for text in [
            "en-u-ca-islamic",
            "hi-u-nu-deva",
            "en-t-de",
            "en-x-mine",
            "de-AT-u-co-phonebk",
        ] {
            let refusal = Locale::from_text(text).expect_err(text).to_string();
            assert!(refusal.contains("without extensions"), "{refusal}");
        }
    }
}
