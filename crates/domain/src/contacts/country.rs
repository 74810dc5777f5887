//! Countries.

use std::fmt;

use org_kernel::field::{FromText, Invalid};

/// A country's two letters in ISO 3166-1, in upper case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country(String);

impl Country {
    /// Takes text back that was a country when it was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for Country {
    /// Letters may come in either case.
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let letters = text.trim().to_ascii_uppercase();
        match rust_iso3166::from_alpha2(&letters) {
            Some(_) => Ok(Self(letters)),
            None => Err(Invalid::new("must be two letters of ISO 3166-1, like AT")),
        }
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_one_that_exists() {
        assert_eq!(Country::from_text("at").expect("Austria").as_str(), "AT");
        for text in ["", "A", "AUT", "XX", "A1", "ÄT"] {
            assert!(Country::from_text(text).is_err(), "{text}");
        }
    }
}
