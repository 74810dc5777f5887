//! Addresses for mail.

use std::fmt;

use org_kernel::field::{FromText, Invalid};
use org_kernel::text::Line;
use validator::ValidateEmail;

/// An address as HTML's `input type=email` accepts it, at most 254 characters long.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(Line<254>);

impl Email {
    /// Takes text back that was an address when it was stored.
    pub const fn stored(text: String) -> Self {
        Self(Line::stored(text))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromText for Email {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let line = Line::from_text(text)?;
        if line.as_str().validate_email() {
            return Ok(Self(line));
        }
        Err(Invalid::new("must be an e-mail address"))
    }
}

/// Says that there is an address, and keeps it out of logs.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        for text in ["a@b.at", "first.last+tag@sub.example.org"] {
            assert!(Email::from_text(text).is_ok(), "{text}");
        }
        let long = format!("{}@{}.example", "a".repeat(64), "b".repeat(190));
        for text in [
            "", "a", "a@", "@b.at", "a b@c.at", "a@b@c.at", "a\n@b.at", &long,
        ] {
            assert!(Email::from_text(text).is_err(), "{text}");
        }
    }
}
