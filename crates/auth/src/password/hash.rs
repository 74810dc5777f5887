//! What is stored of a password.

use std::fmt;

use argon2::password_hash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use org_kernel::StoreError;
use org_kernel::entropy::{Entropy, NoEntropy};
use subtle::ConstantTimeEq;

use super::normalized;

/// Memory in KiB, rounds, and lanes: what OWASP asks for at the least.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// A hash of the same cost that no password has.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3MgYXQgaG9tZQ$\
                       AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password's argon2id hash with its parameters and salt, as a PHC string (`$argon2id$v=19$…`). It
/// does not print itself.
#[derive(Clone)]
pub struct PasswordHash(String);

/// A password was not hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// There was no randomness for its salt.
    #[error("no salt could be made")]
    NoEntropy(#[from] NoEntropy),
    /// There was no memory for it.
    #[error("the password was not hashed")]
    Failed(#[source] password_hash::Error),
}

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

fn argon2() -> Argon2<'static> {
    let (memory, rounds, lanes) = COST;
    let params = Params::new(memory, rounds, lanes, None).expect("parameters within their bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

pub(super) fn hash(normalized: &str, entropy: &dyn Entropy) -> Result<PasswordHash, HashError> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt)?;
    let hash = argon2().hash_password_with_salt(normalized.as_bytes(), &salt);
    Ok(PasswordHash(hash.map_err(HashError::Failed)?.to_string()))
}

/// True when what was typed is the password of this hash. Fails when the hash is none.
pub(crate) fn matches(typed: &str, hash: &PasswordHash) -> Result<bool, StoreError> {
    // What is too long to be a password takes as long as one that is wrong.
    let typed = normalized(typed).unwrap_or_default();
    match argon2().verify_password(typed.as_bytes(), hash.as_str()) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(StoreError::failed(error)),
    }
}

/// Takes as long as [`matches`], for nobody's password.
pub(crate) fn matches_nothing(typed: &str) -> Result<(), StoreError> {
    matches(typed, &PasswordHash(NOBODYS.to_owned())).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::KnownEntropy;

    fn hashed(text: &str, seed: u64) -> PasswordHash {
        hash(text, &KnownEntropy::seeded(seed)).expect("a hash")
    }

    #[test]
    fn a_hash_says_how_it_was_made_and_matches_its_password_alone() {
        let hash = hashed("sostenuto è espressivo", 1);
        assert!(
            hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash:?}"
        );
        let is = |typed: &str| matches(typed, &hash).expect("a hash");
        assert!(is("sostenuto è espressivo"));
        assert!(
            is("sostenuto e\u{300} espressivo"),
            "typed on another keyboard"
        );
        assert!(!is("sostenuto e espressivo"));
        assert!(!is(&"x".repeat(1 << 20)));
        assert!(!is(""));
    }

    #[test]
    fn one_password_has_another_hash_each_time() {
        assert_ne!(hashed("sostenuto", 1), hashed("sostenuto", 2));
    }

    #[test]
    fn nobodys_hash_costs_as_much_and_is_one() {
        let of_somebody = hashed("sostenuto", 1);
        let cost = |phc: &str| phc.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(NOBODYS), cost(of_somebody.as_str()));
        assert_eq!(NOBODYS.len(), of_somebody.as_str().len());
        matches_nothing("sostenuto").expect("a hash");
        assert!(!matches("", &PasswordHash::stored(NOBODYS.to_owned())).expect("a hash"));
    }

    #[test]
    fn what_is_stored_and_is_no_hash_is_a_failure() {
        for stored in ["", "plain"] {
            let hash = PasswordHash::stored(stored.to_owned());
            assert!(matches("x", &hash).is_err(), "{stored:?}");
        }
    }

    #[test]
    fn a_hash_does_not_print_itself() {
        assert_eq!(format!("{:?}", hashed("x", 1)), "PasswordHash(…)");
    }
}
