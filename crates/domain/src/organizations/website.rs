//! An organization's address on the web.

use std::fmt;

use org_kernel::field::{FromText, Invalid};
use org_kernel::text::Line;
use url::Url;

/// An address that a browser opens: http or https, with a host, at most 2,048 characters long. It is
/// kept as it was written, and bears no name and no password, which would be everybody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Website(Line<2048>);

impl Website {
    /// Takes text back that was an address when it was stored.
    pub const fn stored(text: String) -> Self {
        Self(Line::stored(text))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromText for Website {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let line = Line::from_text(text)?;
        let refusal = || Invalid::new("must be a web address like https://example.org");
        let url = Url::parse(line.as_str()).map_err(|_| refusal())?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let is_written_out = line.as_str().contains("://");
        let is_open = url.username().is_empty() && url.password().is_none();
        let fits = is_web && is_written_out && is_open;
        fits.then_some(Self(line)).ok_or_else(refusal)
    }
}

impl From<Website> for String {
    fn from(website: Website) -> Self {
        website.0.into()
    }
}

impl fmt::Display for Website {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_it_was_written() {
        for text in [
            "https://example.org",
            "HTTP://Example.org/Saison?x=%41#y",
            "https://wiener-symphoniker.example/ö",
        ] {
            assert_eq!(Website::from_text(text).expect(text).as_str(), text);
        }
    }

    #[test]
    fn what_a_browser_does_not_open_is_refused() {
        let long = format!("https://example.org/{}", "x".repeat(2048));
        for text in [
            "",
            "example.org",
            "https:example.org",
            "https://",
            "javascript:alert(1)",
            "ftp://example.org",
            "https://ada:secret@example.org",
            "https://exa mple.org",
            &long,
        ] {
            assert!(Website::from_text(text).is_err(), "{text}");
        }
    }
}
