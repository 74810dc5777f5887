//! A user's e-mail address.

use std::fmt;

use org_kernel::field::{FromText, Invalid};
use org_kernel::text::trimmed;

/// An e-mail address as it was typed: at most 254 characters, one `@` with something on both sides, and
/// all of it visible ASCII, so that no two look alike; a host of other letters is written in its `xn--` form. Whether mail arrives there, only mail can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// The most characters of an address.
    pub const MAX: usize = 254;

    /// Takes an address back that was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }

    /// The address in lower case: two that differ in nothing else are one.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl FromText for Email {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let text = trimmed(text);
        if text.is_empty() {
            return Err(Invalid::new("must not be empty"));
        }
        if text.chars().count() > Self::MAX {
            return Err(Invalid::new("must be at most 254 characters long"));
        }
        let mut parts = text.split('@');
        let both_sides = [parts.next(), parts.next()].map(Option::unwrap_or_default);
        let whole = both_sides.iter().all(|part| !part.is_empty()) && parts.next().is_none();
        if !text.is_ascii() {
            return Err(Invalid::new(
                "must have only the letters A to Z, digits and signs; a host with others is written with xn--",
            ));
        }
        if whole && text.chars().all(|c| c.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid::new(
                "must be an e-mail address like ada@example.org",
            ))
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_kept_as_it_was_typed() {
        let email = Email::from_text(" Ada.Low@Example.org\n").expect("an address");
        assert_eq!(email.as_str(), "Ada.Low@Example.org");
        assert_eq!(email.folded(), "ada.low@example.org");
        assert_eq!(email.local_part(), "Ada.Low");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let of_length = |length: usize| format!("{}@b.at", "a".repeat(length - 5));
        assert!(Email::from_text(&of_length(254)).is_ok());
        for text in [
            "",
            " ",
            "ada",
            "@",
            "ada@",
            "@b.at",
            "a@b@c",
            "a da@b.at",
            "a@b\u{a0}c",
            "a\0@b",
            "a\u{85}b@c",
            "löw@b.at",
            "a@\u{430}.at",
            "a\u{200b}@b.at",
            "a@b\u{202e}.at",
            "a@b\u{7f}.at",
            &of_length(255),
        ] {
            assert!(Email::from_text(text).is_err(), "{text:?}");
        }
    }
}
