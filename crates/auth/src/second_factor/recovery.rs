//! Codes for whoever has lost their app.

use std::fmt;

use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::id::UserId;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::{RECOVERY_CODES, RecoveryHash};

/// Digits and letters that are not mistaken for each other; 32, so that no random byte favours one.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many of them a code has: 60 bits.
pub(super) const CHARACTERS: usize = 12;

/// Ten codes like `abcd-efgh-jkmn`, to be shown once and never stored. They do not print themselves.
pub struct RecoveryCodes(Vec<SecretString>);

impl RecoveryCodes {
    pub(crate) fn generate(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let codes = (0..RECOVERY_CODES).map(|_| generate(entropy));
        Ok(Self(codes.collect::<Result<_, _>>()?))
    }

    /// The codes, as they are written.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(ExposeSecret::expose_secret)
    }

    /// What is stored of them.
    pub(crate) fn hashes(&self, user: UserId) -> Vec<RecoveryHash> {
        let digits = self.iter().filter_map(digits);
        digits.map(|digits| hash(user, &digits)).collect()
    }
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

fn generate(entropy: &dyn Entropy) -> Result<SecretString, NoEntropy> {
    let mut bytes = Zeroizing::new([0; CHARACTERS]);
    entropy.fill(bytes.as_mut_slice())?;
    let mut code = String::with_capacity(CHARACTERS + 2);
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Ok(code.into())
}

/// The characters of a code as it was typed: in whatever case, with or without what stands between them,
/// and with the letters that there are none of taken for what they look like. None for what is no code.
pub(super) fn digits(typed: &str) -> Option<Zeroizing<String>> {
    let mut digits = Zeroizing::new(String::with_capacity(CHARACTERS));
    for character in typed.chars() {
        let digit = match character.to_ascii_lowercase() {
            '-' => continue,
            blank if blank.is_whitespace() => continue,
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let known = u8::try_from(digit).is_ok_and(|digit| ALPHABET.contains(&digit));
        if !known || digits.len() == CHARACTERS {
            return None;
        }
        digits.push(digit);
    }
    (digits.len() == CHARACTERS).then_some(digits)
}

/// With the user's id in it, so that nobody looks for all users' codes at once.
pub(super) fn hash(user: UserId, digits: &str) -> RecoveryHash {
    RecoveryHash::of(&[user.uuid().as_bytes(), digits.as_bytes()])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::entropy::KnownEntropy;

    fn user(number: u128) -> UserId {
        UserId::new(Uuid::from_u128(number))
    }

    #[test]
    fn ten_codes_are_made_that_are_read_however_they_are_typed() {
        let codes = RecoveryCodes::generate(&KnownEntropy::seeded(1)).expect("codes");
        let hashes = codes.hashes(user(1));
        assert_eq!(codes.iter().count(), RECOVERY_CODES);
        for (code, stored) in codes.iter().zip(&hashes) {
            assert_eq!(code.len(), 14, "{code}");
            let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
            for typed in [code, &typed, &code.replace('-', "").replace('0', "O")] {
                let digits = digits(typed).expect("a code");
                assert_eq!(hash(user(1), &digits), *stored, "{typed}");
            }
        }
        let distinct: std::collections::HashSet<_> = hashes.iter().collect();
        assert_eq!(distinct.len(), RECOVERY_CODES);
    }

    #[test]
    fn one_code_of_two_users_is_stored_in_two_ways() {
        let digits = digits("abcd-efgh-jkmn").expect("a code");
        assert_ne!(hash(user(1), &digits), hash(user(2), &digits));
    }

    #[test]
    fn what_is_no_code_is_not_looked_for() {
        for typed in [
            "",
            "123456",
            "abcd-efgh-jkm",
            "abcd-efgh-jkmnp",
            "abcd-efgh-jkmu",
            "äbcd-efgh-jkmn",
        ] {
            assert!(digits(typed).is_none(), "{typed}");
        }
        assert!(digits(&"a".repeat(1 << 20)).is_none());
    }

    #[test]
    fn codes_do_not_print_themselves() {
        let codes = RecoveryCodes::generate(&KnownEntropy::seeded(1)).expect("codes");
        assert_eq!(format!("{codes:?}"), "RecoveryCodes(…)");
    }
}
