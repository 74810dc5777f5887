//! What is stored of a password.

use std::fmt;

use subtle::ConstantTimeEq;

/// A password's argon2id hash with its parameters and salt, as a PHC string (`$argon2id$v=19$…`). It
/// does not print itself.
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a hash back that was stored.
    pub const fn stored(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string, as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for PasswordHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for PasswordHash {}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}
