//! The secret that an endpoint's owner and this server share.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use org_kernel::entropy::{Entropy, NoEntropy};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretBox, SecretString};

/// What every signing secret begins with.
pub const BEGINNING: &str = "whsec_";

/// How many random bytes a secret has.
pub const BYTES: usize = 32;

/// As many digits of base 64, padding included, as the bytes need.
const DIGITS: usize = BYTES.div_ceil(3) * 4;

const LENGTH: usize = BEGINNING.len() + DIGITS;

/// A signing secret: `whsec_` and 32 random bytes in base 64, padded.
///
/// It does not print itself, and its memory is wiped when it is dropped.
#[derive(Debug)]
pub struct SigningSecret {
    text: SecretString,
    bytes: SecretBox<[u8; BYTES]>,
}

impl SigningSecret {
    /// Makes a secret of randomness.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self::of(&bytes))
    }

    /// Reads a secret as it is shown, and as nothing else: one text for each secret.
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let digits = text.strip_prefix(BEGINNING).ok_or(NotASecret)?;
        // The decoder asks for room by the number of digits, before it knows of padding.
        let mut decoded = Zeroizing::new([0; DIGITS / 4 * 3]);
        let length = STANDARD
            .decode_slice(digits, decoded.as_mut_slice())
            .map_err(|_| NotASecret)?;
        let bytes = decoded[..length].try_into().map_err(|_| NotASecret)?;
        Ok(Self::of(bytes))
    }

    /// The text, to be shown once, and to be encrypted for storage.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    pub(crate) fn bytes(&self) -> &[u8; BYTES] {
        self.bytes.expose_secret()
    }

    fn of(bytes: &[u8; BYTES]) -> Self {
        // With its final capacity from the start, the text never moves and leaves no copy behind.
        let mut text = String::with_capacity(LENGTH);
        text.push_str(BEGINNING);
        STANDARD.encode_string(bytes, &mut text);
        Self {
            text: text.into(),
            bytes: SecretBox::init_with_mut(|kept: &mut [u8; BYTES]| kept.copy_from_slice(bytes)),
        }
    }
}

/// The text is no signing secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not of the format of a signing secret")]
pub struct NotASecret;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{Counting, NEWEST, secret};

    struct Stuck;

    impl Entropy for Stuck {
        fn fill(&self, _: &mut [u8]) -> Result<(), NoEntropy> {
            Err(NoEntropy)
        }
    }

    #[test]
    fn a_secret_is_the_bytes_that_were_drawn() {
        let secret = SigningSecret::generate(&Counting).expect("a secret");
        assert_eq!(secret.expose(), NEWEST);
        assert_eq!(secret.expose().len(), LENGTH);
    }

    #[test]
    fn without_randomness_there_is_no_secret() {
        assert!(SigningSecret::generate(&Stuck).is_err());
    }

    #[test]
    fn what_is_not_quite_a_secret_is_refused() {
        for text in [
            "",
            "whsec_",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "WHSEC_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gAAAA",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= ",
            "whsec_-_ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ] {
            let refused = SigningSecret::parse(text).map(|_| ());
            assert_eq!(refused, Err(NotASecret), "{text:?}");
        }
    }

    #[test]
    fn a_secret_does_not_print_itself() {
        let secret = secret(NEWEST);
        let printed = format!("{secret:?} {secret:#?}");
        assert!(!printed.contains("AAEC"), "{printed}");
        assert!(!printed.contains("1, 2"), "{printed}");
    }

    proptest! {
        #[test]
        fn a_secret_reads_as_it_is_shown(bytes: [u8; BYTES]) {
            let made = SigningSecret::of(&bytes);
            let read = SigningSecret::parse(made.expose()).expect("a secret");
            prop_assert_eq!(read.bytes(), &bytes);
            prop_assert_eq!(read.expose(), made.expose());
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            prop_assert!(SigningSecret::parse(&text).is_err());
            let prefixed = format!("{BEGINNING}{text}");
            let reads = SigningSecret::parse(&prefixed).is_ok();
            prop_assert_eq!(reads, text.len() == DIGITS && STANDARD.decode(&text).is_ok());
        }
    }
}
