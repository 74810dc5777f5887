//! Under which address clients know the server.

use std::fmt;

use actix_web::http::Uri;
use org_kernel::field::{FromText, Invalid};

/// An `http` or `https` address without query and fragment, and without a slash at its end.
///
/// It comes from the operator and never from a request: a `Host` header is anybody's to invent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl FromText for PublicUrl {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let refusal = || Invalid::new("must be an address like https://api.example.org");
        let uri: Uri = text.parse().map_err(|_| refusal())?;
        let scheme = uri
            .scheme_str()
            .is_some_and(|scheme| matches!(scheme, "http" | "https"));
        let authority = uri
            .authority()
            .is_some_and(|authority| !authority.as_str().contains('@'));
        if !scheme || !authority || text.contains(['?', '#']) {
            return Err(refusal());
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_without_its_last_slash() {
        for (text, kept) in [
            ("https://api.example.org", "https://api.example.org"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            (
                "https://example.org/orchestra/",
                "https://example.org/orchestra",
            ),
        ] {
            assert_eq!(PublicUrl::from_text(text).expect(text).to_string(), kept);
        }
    }

    #[test]
    fn what_clients_cannot_be_sent_to_is_refused() {
        for text in [
            "",
            "/",
            "api.example.org",
            "ftp://example.org",
            "https://",
            "https://u:p@example.org",
            "https://example.org/?a=1",
            "https://example.org/#a",
            "https://exa mple.org",
            "https://example.org\n",
        ] {
            assert!(PublicUrl::from_text(text).is_err(), "{text}");
        }
    }
}
