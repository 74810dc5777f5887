//! The `Authorization` header, and why a key is refused.
//!
//! Every way of being refused is one [`Refusal`], and each of them is one published code. Which of
//! them applies is decided here, when it can be read off the header, and by the
//! [`Verifier`](crate::verifier::Verifier) otherwise.

use crate::key::{MalformedKey, PresentedKey};

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// `API_KEY_MISSING`: no header, another scheme than `Bearer`, or nothing after it.
    #[error("no API key was sent")]
    Missing,
    /// `API_KEY_MALFORMED`: what was sent is not of a key's format, or was sent several times.
    #[error("the API key is malformed")]
    Malformed,
    /// `API_KEY_INVALID`: a well-formed key that nobody was given.
    #[error("the API key is unknown")]
    Invalid,
    /// `API_KEY_REVOKED`: the key was revoked, whether or not it has expired since.
    #[error("the API key was revoked")]
    Revoked,
    /// `API_KEY_EXPIRED`: the key's time is over.
    #[error("the API key has expired")]
    Expired,
}

impl Refusal {
    /// True when somebody tried a key and failed, which is limited by address; a request that sent
    /// none has tried nothing.
    pub const fn is_failed_attempt(self) -> bool {
        !matches!(self, Self::Missing)
    }
}

impl From<MalformedKey> for Refusal {
    fn from(MalformedKey: MalformedKey) -> Self {
        Self::Malformed
    }
}

/// Finds the key in the values of every `Authorization` header of one request.
///
/// The scheme's case does not matter, nor do spaces and tabs around the scheme and the key. Several
/// headers are malformed, whatever they hold: two parties could believe different ones.
pub fn bearer<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Result<PresentedKey, Refusal> {
    let mut values = values.into_iter();
    let value = values.next().ok_or(Refusal::Missing)?;
    if values.next().is_some() {
        return Err(Refusal::Malformed);
    }
    let (scheme, key) = split_at_blank(value.trim_ascii());
    if !scheme.eq_ignore_ascii_case(b"Bearer") || key.is_empty() {
        return Err(Refusal::Missing);
    }
    Ok(PresentedKey::parse(key)?)
}

fn split_at_blank(value: &[u8]) -> (&[u8], &[u8]) {
    let blank = value.iter().position(u8::is_ascii_whitespace);
    let (scheme, rest) = value.split_at(blank.unwrap_or(value.len()));
    (scheme, rest.trim_ascii())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &[u8] = b"abo_org_0123456789ABCDEFGHIJKLMNOP3P42To";

    fn one(value: &[u8]) -> Result<PresentedKey, Refusal> {
        bearer([value])
    }

    fn with_key(before: &[u8], after: &[u8]) -> Vec<u8> {
        [before, KEY, after].concat()
    }

    #[test]
    fn a_key_is_found_whatever_the_case_and_the_blanks() {
        let expected = PresentedKey::parse(KEY).expect("well-formed");
        let blank: &[u8] = b"";
        for (before, after) in [
            (&b"Bearer "[..], blank),
            (b"bearer ", blank),
            (b"BEARER ", blank),
            (b"bEaReR \t  ", blank),
            (b"Bearer\t", b" \t"),
            (b" \tBearer ", b" "),
        ] {
            let value = with_key(before, after);
            assert_eq!(one(&value), Ok(expected), "{:?}", value.escape_ascii());
        }
    }

    #[test]
    fn without_something_after_bearer_the_key_is_missing() {
        assert_eq!(bearer([]), Err(Refusal::Missing));
        let bare = with_key(b"", b"");
        let basic = with_key(b"Basic ", b"");
        let glued = with_key(b"Bearer", b"");
        let colon = with_key(b"Bearer: ", b"");
        for value in [
            &b""[..],
            b" ",
            b"\t",
            b"Bearer",
            b"Bearer ",
            b"bearer \t ",
            b"Token abc",
            b"Basic dXNlcjpwYXNz",
            b"\xff\xfe",
            b"Bear\xe9r abc",
            &bare,
            &basic,
            &glued,
            &colon,
        ] {
            assert_eq!(
                one(value),
                Err(Refusal::Missing),
                "{:?}",
                value.escape_ascii()
            );
        }
    }

    #[test]
    fn what_is_sent_after_bearer_and_is_no_key_is_malformed() {
        let two = with_key(b"Bearer Bearer ", b"");
        let list = with_key(b"Bearer ", b", Bearer x");
        let quoted = with_key(b"Bearer \"", b"\"");
        let inner_nul = with_key(b"Bearer ", b"\0");
        for value in [
            &b"Bearer abc"[..],
            b"Bearer \xff\xfe\xfd",
            b"Bearer \xc2\xa0",
            b"Bearer null",
            &two,
            &list,
            &quoted,
            &inner_nul,
        ] {
            assert_eq!(
                one(value),
                Err(Refusal::Malformed),
                "{:?}",
                value.escape_ascii()
            );
        }
    }

    #[test]
    fn several_headers_are_malformed_even_when_they_agree() {
        let value = with_key(b"Bearer ", b"");
        assert_eq!(bearer([&value[..], &value]), Err(Refusal::Malformed));
        assert_eq!(bearer([&b""[..], b""]), Err(Refusal::Malformed));
    }

    #[test]
    fn only_a_missing_key_is_no_attempt() {
        assert!(!Refusal::Missing.is_failed_attempt());
        for refusal in [
            Refusal::Malformed,
            Refusal::Invalid,
            Refusal::Revoked,
            Refusal::Expired,
        ] {
            assert!(refusal.is_failed_attempt(), "{refusal:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_let_in_or_make_it_panic(bytes: Vec<u8>) {
            let after_bearer = [b"Bearer ", &bytes[..]].concat();
            for value in [&bytes[..], &after_bearer] {
                prop_assert!(matches!(one(value), Err(Refusal::Missing | Refusal::Malformed)));
            }
        }
    }
}
