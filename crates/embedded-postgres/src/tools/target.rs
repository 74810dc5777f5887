//! A database to connect to, without a secret where everybody could read it.
//!
//! A URL of libpq can hold a password in two places, both of which are read as libpq reads them: what libpq
//! took for a password, and this did not, would be shown. The password goes by the environment. For the
//! other secrets of a URL there is no variable; one that holds them is refused.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::error::ToolError;

/// Parameters that are secrets, and that the environment cannot bring.
const SECRETS: [&str; 4] = [
    "oauth_client_secret",
    "scram_client_key",
    "scram_server_key",
    "sslpassword",
];

/// A database to connect to: a URL of libpq, and the password that was taken out of it.
#[derive(Clone)]
pub struct Target {
    pub(super) url: String,
    pub(super) password: Option<String>,
    /// Whether it is a cluster's of this crate.
    pub(super) is_ours: bool,
}

impl Target {
    /// A database that somebody else serves. What the environment says to libpq holds for it, as it does
    /// for whoever else connects to it from here.
    ///
    /// Fails when the URL holds a secret other than a password.
    pub fn of(url: &str) -> Result<Self, ToolError> {
        let (url, before_host) = without_credentials(url);
        let (url, parameter) = without_parameter(&url)?;
        Ok(Self {
            url,
            password: parameter.or(before_host),
            is_ours: false,
        })
    }

    /// The database of a cluster of this crate, whose URL says all that there is to say.
    ///
    /// Fails as [`Self::of`] does.
    pub fn of_cluster(url: &str) -> Result<Self, ToolError> {
        Ok(Self {
            is_ours: true,
            ..Self::of(url)?
        })
    }
}

/// Takes out the password before the host. User and password end at the first `@` before any `/`.
fn without_credentials(url: &str) -> (Cow<'_, str>, Option<String>) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let rest = &url[start..];
    let credentials = rest
        .find(['@', '/'])
        .map(|end| &rest[..end])
        .filter(|credentials| rest[credentials.len()..].starts_with('@'));
    let Some((user, password)) = credentials.and_then(|it| it.split_once(':')) else {
        return (Cow::Borrowed(url), None);
    };
    let host = &rest[user.len() + 1 + password.len()..];
    let bare = format!("{}{user}{host}", &url[..start]);
    // An empty one is none.
    let password = (!password.is_empty()).then(|| decoded(password));
    (Cow::Owned(bare), password)
}

/// Takes out the parameter `password`; the last one counts.
fn without_parameter(url: &str) -> Result<(String, Option<String>), ToolError> {
    let Some((place, parameters)) = url.split_once('?') else {
        return Ok((url.to_owned(), None));
    };
    let (mut kept, mut password) = (Vec::new(), None);
    for parameter in parameters.split('&') {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let name = decoded(name);
        if let Some(secret) = SECRETS.into_iter().find(|secret| *secret == name) {
            return Err(ToolError::Secret(secret));
        }
        if name == "password" {
            password = Some(decoded(value));
        } else {
            kept.push(parameter);
        }
    }
    let mark = if kept.is_empty() { "" } else { "?" };
    Ok((format!("{place}{mark}{}", kept.join("&")), password))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_a_url() {
        for (url, bare, password) in [
            ("postgres://h/d", "postgres://h/d", None),
            ("postgres://a@h/d", "postgres://a@h/d", None),
            ("postgres://a:@h/d", "postgres://a@h/d", None),
            (
                "postgres://a:p@h:1/d?x=y",
                "postgres://a@h:1/d?x=y",
                Some("p"),
            ),
            ("postgres://a:p%40@h", "postgres://a@h", Some("p@")),
            ("postgres://a:p?p@h/d", "postgres://a@h/d", Some("p?p")),
            (
                "postgres://a:p@h1:1,h2:2/d",
                "postgres://a@h1:1,h2:2/d",
                Some("p"),
            ),
            ("postgres://h:5432/a:b@c", "postgres://h:5432/a:b@c", None),
            ("postgres://a@h/d?password=p", "postgres://a@h/d", Some("p")),
            (
                "postgres://a:p@h?x=y&p%61ssword=%40&z=",
                "postgres://a@h?x=y&z=",
                Some("@"),
            ),
        ] {
            let target = Target::of(url).expect("no other secret");
            assert_eq!(
                (target.url.as_str(), target.password.as_deref()),
                (bare, password),
                "{url}"
            );
        }
    }

    #[test]
    fn a_secret_that_only_a_url_can_bring_is_refused_without_being_told() {
        let refused = Target::of("postgres://a@h/d?x=y&ssl%70assword=rose").err();
        let told = refused.expect("it is refused").to_string();
        assert!(told.contains("sslpassword"), "{told}");
        assert!(!told.contains("rose"), "{told}");
    }
}
