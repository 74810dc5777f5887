//! Which passwords may be chosen.

use org_kernel::entropy::Entropy;
use secrecy::zeroize::Zeroizing;

use super::hash::{HashError, PasswordHash, hash};
use super::{MAX, MIN, common, normalized};
use crate::user::User;

/// A password that may be chosen. It does not print itself, and its memory is wiped when it is dropped.
pub struct NewPassword(Zeroizing<String>);

/// Why a password may not be chosen, as a sentence without a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than 12 characters.
    #[error("must have at least {MIN} characters")]
    TooShort,
    /// More than 128 characters.
    #[error("must have at most {MAX} characters")]
    TooLong,
    /// One of the commonest 10,000, or one character; one of them repeated, or with digits and signs
    /// before or behind.
    #[error("must not be one of the commonest passwords, nor one with digits or signs added to it")]
    Common,
    /// The user's address, or the part before its `@`, or the organization's slug, in the same ways.
    #[error("must not be made of the e-mail address or the organization's short name")]
    Known,
}

impl NewPassword {
    /// Holds what somebody typed to the rule, for the user whose password it is to be.
    ///
    /// Case does not count for what it may not be.
    pub fn choose(typed: &str, user: &User) -> Result<Self, WeakPassword> {
        let text = normalized(typed).ok_or(WeakPassword::TooLong)?;
        match text.chars().count() {
            length if length < MIN => return Err(WeakPassword::TooShort),
            length if length > MAX => return Err(WeakPassword::TooLong),
            _ => {}
        }
        let folded = Zeroizing::new(text.to_lowercase());
        if common::is_one_character(&folded) || common::is_made_of(&folded, &common::is_common) {
            return Err(WeakPassword::Common);
        }
        let email = user.email.folded();
        let local = email.split('@').next().unwrap_or_default();
        let known = [email.as_str(), local, &user.org_slug];
        if common::is_made_of(&folded, &|part| known.contains(&part)) {
            return Err(WeakPassword::Known);
        }
        Ok(Self(text))
    }

    /// What is stored of it. It takes tens of milliseconds and 19 MiB, on purpose.
    pub fn hash(&self, entropy: &dyn Entropy) -> Result<PasswordHash, HashError> {
        hash(&self.0, entropy)
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;

    fn refusal(typed: &str) -> Option<WeakPassword> {
        NewPassword::choose(typed, &user(1)).err()
    }

    #[test]
    fn a_password_has_twelve_to_a_hundred_and_twenty_eight_characters() {
        let plain = |length: usize| {
            "kühn geplante Änderung "
                .chars()
                .cycle()
                .take(length)
                .collect()
        };
        let of_length = |length| refusal(&plain(length) as &String);
        assert_eq!(of_length(11), Some(WeakPassword::TooShort));
        assert_eq!(of_length(12), None);
        assert_eq!(of_length(128), None);
        assert_eq!(of_length(129), Some(WeakPassword::TooLong));
        assert_eq!(refusal(&"a".repeat(1 << 20)), Some(WeakPassword::TooLong));
    }

    #[test]
    fn what_everybody_tries_first_is_refused_in_all_its_disguises() {
        for typed in [
            "1234567890qwerty",
            "monkeymonkey",
            "MonkeyMONKEYmon",
            "aaaaaaaaaaaaa",
            "!!!Dragon2026!!!",
            "  baseball 1999",
            "abc123!!!!!!",
            "123456123456",
            "ＭＯＮＫＥＹ１２３４５６",
        ] {
            assert_eq!(refusal(typed), Some(WeakPassword::Common), "{typed}");
        }
    }

    #[test]
    fn what_stands_beside_it_in_the_form_is_refused() {
        let user = user(1);
        let email = user.email.as_str().to_uppercase();
        let local = email.split('@').next().expect("a part");
        let twice = user.org_slug.repeat(2);
        let slug = &user.org_slug;
        for typed in [
            &email,
            &format!("{local}2026!!!!!!"),
            &twice,
            &format!("1{slug}!"),
        ] {
            assert_eq!(refusal(typed), Some(WeakPassword::Known), "{typed}");
        }
    }

    #[test]
    fn what_only_holds_a_common_word_may_be_chosen() {
        for typed in [
            "monkey violin kettle",
            "kettle1monkey2",
            "847362910284",
            "c0ntrabass0onist",
        ] {
            assert_eq!(refusal(typed), None, "{typed}");
        }
    }
}
