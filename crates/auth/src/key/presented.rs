//! A key that a client shows.

use super::{BEGINNING, CHECKED, KeyHash, LENGTH, checksum};

/// A well-formed key whose checksum holds; whether it is anybody's is not known yet.
///
/// It keeps the hash and not the text, so there is nothing in it to leak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresentedKey(KeyHash);

impl PresentedKey {
    /// Checks the format, the checksum included, and hashes the text.
    pub fn parse(text: &[u8]) -> Result<Self, MalformedKey> {
        let (checked, given) = text.split_at_checked(CHECKED).ok_or(MalformedKey)?;
        let random = checked
            .strip_prefix(BEGINNING.as_bytes())
            .ok_or(MalformedKey)?;
        let well_formed = text.len() == LENGTH
            && random.iter().all(u8::is_ascii_alphanumeric)
            && given == checksum(checked);
        well_formed
            .then(|| Self(KeyHash::of(text)))
            .ok_or(MalformedKey)
    }

    /// What to look the key up by.
    pub const fn hash(&self) -> &KeyHash {
        &self.0
    }
}

/// The text is no key: its length, its characters or its checksum are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not of the format of an API key")]
pub struct MalformedKey;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entropy::KnownEntropy;
    use crate::key::KeySecret;

    const KEY: &str = "abo_org_0123456789ABCDEFGHIJKLMNOP3P42To";

    #[test]
    fn well_formed_keys_are_taken() {
        for key in [
            KEY,
            "abo_org_zzzzzzzzzzzzzzzzzzzzzzzzzz2sy6b4",
            "abo_org_000000000000000000000000002mjKAR",
            "abo_org_0000000000000000000000050700d5dP",
        ] {
            assert!(PresentedKey::parse(key.as_bytes()).is_ok(), "{key}");
        }
    }

    #[test]
    fn what_is_not_quite_a_key_is_refused() {
        for text in [
            "",
            "abo_org_",
            "abo_org_0123456789ABCDEFGHIJKLMNOP",
            "abo_org_0123456789ABCDEFGHIJKLMNOP3P42T",
            "abo_org_0123456789ABCDEFGHIJKLMNOP3P42To0",
            " abo_org_0123456789ABCDEFGHIJKLMNOP3P42To",
            "ABO_ORG_0123456789ABCDEFGHIJKLMNOP3P42To",
            "abo_usr_0123456789ABCDEFGHIJKLMNOP3P42To",
            "abo_org_0123456789abcdefghijklmnop3p42to",
            "abo_org_0123456789ABCDEFGHIJKLMNOP000000",
        ] {
            let parsed = PresentedKey::parse(text.as_bytes());
            assert_eq!(parsed, Err(MalformedKey), "{text:?}");
        }
    }

    #[test]
    fn a_right_checksum_does_not_excuse_a_foreign_character() {
        for foreign in ["-", "_", " ", "\0", "\u{7f}"] {
            let mut text = format!("abo_org_0123456789ABCDEFGHIJKLMNO{foreign}").into_bytes();
            text.extend(checksum(&text));
            assert_eq!(text.len(), LENGTH);
            assert_eq!(PresentedKey::parse(&text), Err(MalformedKey), "{foreign:?}");
        }
    }

    fn secret(seed: u64) -> Vec<u8> {
        let secret = KeySecret::generate(&KnownEntropy::seeded(seed)).expect("a key");
        secret.expose().as_bytes().to_vec()
    }

    proptest! {
        #[test]
        fn any_other_character_in_any_place_is_malformed(
            seed: u64, place in 0..LENGTH, other: u8
        ) {
            let mut text = secret(seed);
            prop_assume!(text[place] != other);
            text[place] = other;
            prop_assert_eq!(PresentedKey::parse(&text), Err(MalformedKey));
        }

        #[test]
        fn two_neighbours_swapped_are_malformed(seed: u64, place in 0..LENGTH - 1) {
            let mut text = secret(seed);
            prop_assume!(text[place] != text[place + 1]);
            text.swap(place, place + 1);
            prop_assert_eq!(PresentedKey::parse(&text), Err(MalformedKey));
        }

        #[test]
        fn a_character_too_few_or_too_many_is_malformed(
            seed: u64, place in 0..LENGTH, more: u8
        ) {
            let mut shorter = secret(seed);
            shorter.remove(place);
            prop_assert_eq!(PresentedKey::parse(&shorter), Err(MalformedKey));
            let mut longer = secret(seed);
            longer.insert(place, more);
            prop_assert_eq!(PresentedKey::parse(&longer), Err(MalformedKey));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            prop_assert_eq!(PresentedKey::parse(&bytes), Err(MalformedKey));
        }
    }
}
