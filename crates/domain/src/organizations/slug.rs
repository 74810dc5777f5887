//! The name of an organization in paths.

use std::fmt;

use org_kernel::field::{FromText, Invalid};

/// 1 to 63 lower-case letters, digits and hyphens; a hyphen neither first nor last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    /// Takes text back that was a slug when it was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for Slug {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (1..=63).contains(&text.len()) && text.bytes().all(allowed);
        if fits && !text.starts_with('-') && !text.ends_with('-') {
            return Ok(Self(text.to_owned()));
        }
        Err(Invalid::new(
            "must be 1 to 63 lower-case letters, digits and hyphens, a hyphen neither first nor last",
        ))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_what_fits_a_path() {
        for text in ["a", "nyphil", "demo-philharmonic", "2-b", &"x".repeat(63)] {
            assert!(Slug::from_text(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "-a",
            "a-",
            "A",
            "a b",
            "a/b",
            "a_b",
            "é",
            &"x".repeat(64),
        ] {
            assert!(Slug::from_text(text).is_err(), "{text}");
        }
    }
}
