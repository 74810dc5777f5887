//! The URL of an endpoint.

use org_kernel::field::Invalid;

use crate::egress::EgressPolicy;

/// A URL that deliveries may go to, as far as it told by itself when it was registered.
///
/// It is kept as a parser writes it, with its host in lower case and every other oddity spelled out,
/// so that what people are shown is what is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointUrl(String);

impl EndpointUrl {
    /// The most characters that a URL may have, as it is given and as it is kept.
    pub const MAX: usize = 2000;

    /// Reads a URL that the policy lets through, or says which of its rules does not.
    pub fn parse(text: &str, policy: &EgressPolicy) -> Result<Self, Invalid> {
        // Before the parser, which would work through a text of any length.
        short_enough(text)?;
        let destination = policy.check_url(text);
        let destination = destination.map_err(|refusal| Invalid::new(refusal.to_string()))?;
        let url = String::from(destination.url);
        short_enough(&url)?;
        Ok(Self(url))
    }

    /// Takes a URL back that was of this type when it was stored, whatever the policy says by now.
    pub const fn stored(url: String) -> Self {
        Self(url)
    }

    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn short_enough(text: &str) -> Result<(), Invalid> {
    let max = EndpointUrl::MAX;
    if text.chars().nth(max).is_some() {
        return Err(Invalid::new(format!(
            "must be at most {max} characters long"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, String> {
        let parsed = EndpointUrl::parse(text, &EgressPolicy::default());
        parsed
            .map(|url| url.0)
            .map_err(|invalid| invalid.to_string())
    }

    #[test]
    fn a_url_is_kept_as_it_will_be_called() {
        for (text, expected) in [
            ("https://hooks.example", "https://hooks.example/"),
            (
                " https://Hooks.Example:443/A b\n",
                "https://hooks.example/A%20b",
            ),
            ("https://ho\toks.exa\nmple/x", "https://hooks.example/x"),
            (
                "https://b\u{fc}hne.example/",
                "https://xn--bhne-0ra.example/",
            ),
            ("https://hooks.example/a\0b", "https://hooks.example/a%00b"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn a_refusal_names_the_rule_and_the_address() {
        for (text, expected) in [
            (
                "http://hooks.example/",
                "must begin with https:// and not with http:",
            ),
            (
                "https://u:p@hooks.example/",
                "must bear no user and no password",
            ),
            (
                "https://hooks.example:22/",
                "must use port 443 or 8443, not 22",
            ),
        ] {
            assert_eq!(parse(text), Err(expected.to_owned()), "{text:?}");
        }
        for (text, address) in [
            ("https://127.1/", "127.0.0.1"),
            ("https://0xa9fea9fe/latest/meta-data", "169.254.169.254"),
            ("https://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1"),
        ] {
            let refused = parse(text).expect_err(text);
            let expected = format!("leads to {address}, which is ");
            assert!(refused.starts_with(&expected), "{text}: {refused}");
        }
        let refused = parse("").expect_err("nothing is no URL");
        assert!(refused.starts_with("is not a URL: "), "{refused}");
    }

    #[test]
    fn a_url_is_measured_as_it_is_given_and_as_it_is_kept() {
        let with_path = |path: String| format!("https://hooks.example/{path}");
        let room = EndpointUrl::MAX - with_path(String::new()).len();
        let too_long = Err("must be at most 2000 characters long".to_owned());
        assert!(parse(&with_path("a".repeat(room))).is_ok());
        assert_eq!(parse(&with_path("a".repeat(room + 1))), too_long);
        // Each of these becomes six characters.
        assert!(parse(&with_path("\u{e9}".repeat(room / 6))).is_ok());
        assert_eq!(parse(&with_path("\u{e9}".repeat(room / 6 + 1))), too_long);
        // The parser would pass over these.
        assert_eq!(
            parse(&format!(
                "{}{}",
                " ".repeat(room * 2),
                with_path(String::new())
            )),
            too_long
        );
    }
}
