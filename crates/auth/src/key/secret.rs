//! A key that was just made.

use org_kernel::entropy::{Entropy, NoEntropy};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::{BEGINNING, CHECKED, KeyHash, KeyPrefix, LENGTH, RANDOM, base62, checksum};

/// More random bytes than a key has characters, since eight values in 256 stand for none.
///
/// That fewer than 26 of 64 can be used happens once in 10⁴¹ keys, or when the source is broken.
const DRAWN: usize = 64;

/// The text of a new key, to be shown once and never stored.
///
/// It does not print itself, and its memory is wiped when it is dropped.
#[derive(Debug)]
pub struct KeySecret(SecretString);

impl KeySecret {
    /// Makes a key of randomness.
    ///
    /// A source whose bytes can hardly be used is broken, and refused like one that has none.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut drawn = Zeroizing::new([0; DRAWN]);
        entropy.fill(drawn.as_mut_slice())?;
        // With its final capacity from the start, the text never moves and leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        text.push_str(BEGINNING);
        let digits = drawn.iter().copied().filter_map(base62::digit_of);
        text.extend(digits.take(RANDOM));
        if text.len() < CHECKED {
            return Err(NoEntropy);
        }
        let checksum = checksum(text.as_bytes());
        text.extend(checksum.map(char::from));
        Ok(Self(SecretString::from(std::mem::take(&mut *text))))
    }

    /// The text, for the one time that it is shown.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What is stored of the key.
    pub fn hash(&self) -> KeyHash {
        KeyHash::of(self.expose().as_bytes())
    }

    /// What goes on being shown of the key.
    pub fn prefix(&self) -> KeyPrefix {
        KeyPrefix::stored(self.expose()[..KeyPrefix::LENGTH].to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entropy::KnownEntropy;
    use crate::key::PresentedKey;

    /// Gives these bytes from the beginning, each time.
    struct Bytes(fn(usize) -> usize);

    impl Entropy for Bytes {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), NoEntropy> {
            for (place, byte) in buffer.iter_mut().enumerate() {
                *byte = u8::try_from((self.0)(place)).map_err(|_| NoEntropy)?;
            }
            Ok(())
        }
    }

    fn hex(digits: &str) -> Vec<u8> {
        let byte = |place| u8::from_str_radix(&digits[place..place + 2], 16);
        let places = (0..digits.len()).step_by(2);
        places
            .map(|place| byte(place).expect("two digits"))
            .collect()
    }

    #[test]
    fn a_known_key_has_its_known_text_hash_and_prefix() {
        let secret = KeySecret::generate(&Bytes(|place| place)).expect("a key");
        assert_eq!(secret.expose(), "abo_org_0123456789ABCDEFGHIJKLMNOP3P42To");
        assert_eq!(secret.prefix().as_str(), "abo_org_0123");
        let hash = secret.hash();
        assert_eq!(
            hash.as_bytes()[..],
            hex("9c2831a1b12d21740c730b450730477be2956fb77fe60fd752e5dd7304222c8f")
        );
    }

    #[test]
    fn bytes_that_would_favour_a_digit_are_passed_over() {
        let every_other = Bytes(|place| if place % 2 == 0 { 255 } else { place / 2 });
        let secret = KeySecret::generate(&every_other).expect("a key");
        assert!(
            secret
                .expose()
                .starts_with("abo_org_0123456789ABCDEFGHIJKLMNOP")
        );
    }

    #[test]
    fn a_source_that_fails_or_is_stuck_gives_no_key() {
        for broken in [Bytes(|_| 255), Bytes(|_| 256)] {
            assert!(KeySecret::generate(&broken).is_err());
        }
    }

    #[test]
    fn a_secret_does_not_print_itself() {
        let secret = KeySecret::generate(&KnownEntropy::seeded(1)).expect("a key");
        let printed = format!("{secret:?} {secret:#?}");
        assert!(
            !printed.contains(&secret.expose()[BEGINNING.len()..]),
            "{printed}"
        );
        assert!(!printed.contains(BEGINNING), "{printed}");
    }

    proptest! {
        #[test]
        fn a_key_that_was_made_is_a_key_that_is_known(seed: u64) {
            let secret = KeySecret::generate(&KnownEntropy::seeded(seed)).expect("a key");
            let presented = PresentedKey::parse(secret.expose().as_bytes()).expect("well-formed");
            prop_assert_eq!(*presented.hash(), secret.hash());
            prop_assert!(secret.expose().starts_with(secret.prefix().as_str()));
        }
    }
}
