//! Which database, and how patiently.

mod place;

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

/// What a connection is told about itself unless its URL says otherwise: that a server which does
/// not answer is given up within seconds, and not after the two hours that TCP takes by itself.
const PATIENCE: &[(&str, &str)] = &[
    ("connect_timeout", "5"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "3"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "20000"),
    ("fallback_application_name", "org-api"),
];

/// The text is not the URL of a PostgreSQL database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a URL like postgres://user@host:5432/database")]
pub struct NotAUrl;

/// Where a PostgreSQL database is, with the password if one is needed.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The URL as it was given, password included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL for libpq.
    pub(crate) fn to_libpq(&self) -> String {
        let mut url = self.0.clone();
        for (name, value) in PATIENCE {
            if !self.0.contains(&format!("{name}=")) {
                url.push(if url.contains('?') { '&' } else { '?' });
                url.extend([name, "=", value]);
            }
        }
        url
    }
}

impl FromStr for DatabaseUrl {
    type Err = NotAUrl;

    fn from_str(text: &str) -> Result<Self, NotAUrl> {
        let rest = ["postgres://", "postgresql://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme));
        let clean = !text.contains(|character: char| character.is_control());
        let whole = rest.is_some_and(place::can_be);
        (clean && whole)
            .then(|| Self(text.to_owned()))
            .ok_or(NotAUrl)
    }
}

/// Shows the host and the database, and neither the user nor what may be a secret.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.split('?').next().unwrap_or_default();
        let (scheme, rest) = shown.split_once("://").unwrap_or_default();
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        write!(f, "{scheme}://…@{place}")
    }
}

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which database.
    pub url: DatabaseUrl,
    /// How many connections there are at the most.
    pub connections: NonZeroU32,
    /// Whether all of them are opened ahead of need and kept. A process that ends soon opens one when
    /// it asks for one: it must not end while libpq connects in another thread, which aborts.
    pub kept_open: bool,
    /// How long a caller waits for a connection before the store is unavailable; at least 1 ms. A
    /// statement waits three quarters of this for a lock that somebody else holds: it has a connection
    /// meanwhile, for which others wait. Imports wait for as long as it takes.
    pub wait: Duration,
    /// How long the server works on one statement before it gives up. Imports are not held to it.
    pub statement_timeout: Duration,
    /// How long the server lets a transaction idle before it ends the session, with all that it holds.
    /// Imports are not held to it.
    pub idle_in_transaction_timeout: Duration,
    /// Whether nothing is written by way of it: that of a replica.
    pub read_only: bool,
}

impl Settings {
    /// Ten connections, two seconds for one of them, ten for a statement.
    pub fn new(url: DatabaseUrl) -> Self {
        Self {
            url,
            connections: NonZeroU32::MIN.saturating_add(9),
            kept_open: true,
            wait: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(10),
            idle_in_transaction_timeout: Duration::from_mins(1),
            read_only: false,
        }
    }

    /// How long a statement waits for a lock.
    pub(crate) fn lock_timeout(&self) -> Duration {
        self.wait / 4 * 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> DatabaseUrl {
        text.parse().expect("a URL")
    }

    #[test]
    fn what_is_not_a_url_of_postgresql_is_refused() {
        for text in [
            "",
            "localhost",
            "mysql://localhost/db",
            "host=localhost",
            "postgres://a\0b",
            "postgres://localhost:99999/db",
        ] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(NotAUrl), "{text:?}");
        }
    }

    #[test]
    fn a_url_keeps_its_secrets_in_a_log() {
        for text in [
            "postgres://anna:pa%40ss@db.example:5432/org?sslpassword=pass",
            "postgresql://db.example:5432/org?password=pass",
        ] {
            let shown = format!("{:?}", url(text));
            assert!(shown.ends_with("://…@db.example:5432/org"), "{shown}");
        }
    }

    #[test]
    fn patience_is_added_unless_the_url_says_otherwise() {
        let plain = url("postgres://h/d").to_libpq();
        assert!(
            plain.starts_with("postgres://h/d?connect_timeout=5&"),
            "{plain}"
        );
        let own = url("postgres://h/d?connect_timeout=30").to_libpq();
        assert_eq!(own.matches("connect_timeout").count(), 1, "{own}");
    }
}
