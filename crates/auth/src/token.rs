//! Secrets of 32 random bytes, and what is stored of them.
//!
//! A one-time link and a session's cookie are both made so. With 256 bits of randomness nobody guesses
//! one, and for that reason one round of SHA-256 is enough to store it: whoever reads the database
//! learns nothing that a browser would be let in with.

mod hash;

use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use org_kernel::entropy::{Entropy, NoEntropy};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

pub use hash::TokenHash;

/// How many random bytes a token has.
pub const BYTES: usize = 32;

/// How many characters a token has: its bytes in base64url, without padding.
pub const LENGTH: usize = 43;

/// What tokens are for; never values, only types.
pub mod kind {
    /// A one-time sign-in link.
    #[derive(Clone, Copy, Debug)]
    pub enum Link {}

    /// A session.
    #[derive(Clone, Copy, Debug)]
    pub enum Session {}

    /// A recovery code, which is shorter than a token, but stored in the same way.
    #[derive(Clone, Copy, Debug)]
    pub enum RecoveryCode {}
}

/// The text of a token. It does not print itself, and its memory is wiped when it is dropped.
pub struct Token<K>(SecretString, PhantomData<fn() -> K>);

impl<K> Token<K> {
    /// Makes a token of randomness.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self::of(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
    }

    /// Reads what somebody shows as a token; `None` for what cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        // The length is looked at first, so that no long text is decoded.
        let text = (text.len() == LENGTH).then_some(text)?;
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        (bytes.len() == BYTES).then(|| Self::of(text.to_owned()))
    }

    /// The text, for a link or a cookie.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What is stored of the token.
    pub fn hash(&self) -> TokenHash<K> {
        TokenHash::of(&[self.expose().as_bytes()])
    }

    fn of(text: String) -> Self {
        Self(SecretString::from(text), PhantomData)
    }
}

impl<K> fmt::Debug for Token<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::kind::Session;
    use super::*;
    use crate::entropy::KnownEntropy;

    fn token(seed: u64) -> Token<Session> {
        Token::generate(&KnownEntropy::seeded(seed)).expect("a token")
    }

    #[test]
    fn a_token_reads_as_it_is_written_and_has_one_hash() {
        let made = token(1);
        let read = Token::<Session>::parse(made.expose()).expect("a token");
        assert_eq!(made.expose().len(), LENGTH);
        assert_eq!(read.hash(), made.hash());
        assert_ne!(token(2).hash(), made.hash());
    }

    #[test]
    fn what_is_no_token_is_not_looked_for() {
        let made = token(1);
        let text = made.expose();
        let padded = format!("{text}=");
        let short = &text[1..];
        // The last character has two bits to spare, which must be nought.
        let spare = format!("{}B", "A".repeat(LENGTH - 1));
        let standard = format!("+{short}");
        let long = "A".repeat(1 << 20);
        for text in [
            "",
            short,
            &padded,
            &spare,
            &standard,
            &long,
            &"é".repeat(21),
        ] {
            assert!(Token::<Session>::parse(text).is_none(), "{text:.60}");
        }
    }

    #[test]
    fn a_token_does_not_print_itself() {
        let made = token(1);
        assert_eq!(format!("{made:?}"), "Token(…)");
    }
}
