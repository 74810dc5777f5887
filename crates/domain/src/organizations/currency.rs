//! What an organization counts money in.

use std::fmt;

use org_kernel::field::{FromText, Invalid};

/// A currency's three letters in ISO 4217, in upper case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency(String);

impl Currency {
    /// The euro, with which organizations begin.
    pub fn euro() -> Self {
        Self("EUR".to_owned())
    }

    /// Takes text back that was a currency when it was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for Currency {
    /// Letters may come in either case.
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let letters = text.trim().to_ascii_uppercase();
        match iso_currency::Currency::from_code(&letters) {
            Some(_) => Ok(Self(letters)),
            None => Err(Invalid::new("must be three letters of ISO 4217, like EUR")),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_one_that_exists() {
        assert_eq!(Currency::from_text("czk").expect("crowns").as_str(), "CZK");
        for text in ["", "E", "EURO", "ZZZ", "€", "978"] {
            assert!(Currency::from_text(text).is_err(), "{text}");
        }
    }
}
