//! The token that each form bears, so that no other site can have a form sent in somebody's name.
//!
//! It is a code over where the form goes, under a secret that only this browser has: the cookie of its
//! session, or before there is one, a cookie of its visit. Nothing is stored for it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac::{HMAC_SHA256, Key, sign, verify};

/// What sets these codes apart from whatever else the cookie's secret may be used for.
const PURPOSE: &str = "org-api form\0";

/// Makes and checks the tokens of one browser.
#[derive(Clone)]
pub(crate) struct Tokens(Key);

impl Tokens {
    /// For the browser that has this secret.
    pub(crate) fn under(secret: &str) -> Self {
        Self(Key::new(HMAC_SHA256, secret.as_bytes()))
    }

    /// The token of a form that is sent to this path.
    pub(crate) fn token(&self, path: &str) -> String {
        URL_SAFE_NO_PAD.encode(sign(&self.0, &message(path)))
    }

    /// Whether a form that was sent to this path bears its token.
    pub(crate) fn fits(&self, path: &str, token: &str) -> bool {
        let token = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
        verify(&self.0, &message(path), &token).is_ok()
    }
}

fn message(path: &str) -> Vec<u8> {
    [PURPOSE.as_bytes(), path.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_form_and_its_browser_alone() {
        let (mine, theirs) = (Tokens::under("mine"), Tokens::under("theirs"));
        let token = mine.token("/settings/keys");
        assert!(mine.fits("/settings/keys", &token));
        assert!(!mine.fits("/settings/people", &token));
        assert!(!theirs.fits("/settings/keys", &token));
        for other in ["", "é", "AAAA", &token[1..]] {
            assert!(!mine.fits("/settings/keys", other), "{other}");
        }
    }
}
