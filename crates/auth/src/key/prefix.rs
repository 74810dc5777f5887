//! What is shown of a key once its secret is gone.

use std::fmt;

/// The first 12 characters of a key, by which people tell their keys apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPrefix(String);

impl KeyPrefix {
    /// How many characters of a key are shown.
    pub const LENGTH: usize = 12;

    /// Takes a prefix back that was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
