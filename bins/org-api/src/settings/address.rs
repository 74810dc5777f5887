//! Addresses of this server and of others, checked for their form and asked of nobody.
//!
//! What may hold a password is never repeated, neither in a refusal nor in what `Debug` shows.

mod otlp;

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::str::FromStr;

use org_web::IpNet;
use url::Url;

pub(crate) use self::otlp::OtlpEndpoint;

/// Where a socket listens: a host or an address, and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listen(String);

/// The text names no place to listen at.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("must be a host and a port, like 127.0.0.1:8080 or [::1]:8080")]
pub(crate) struct NoPlace;

impl Listen {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The addresses that the text stands for now; a name may have several.
    pub(crate) fn resolve(&self) -> io::Result<Vec<SocketAddr>> {
        Ok(self.0.to_socket_addrs()?.collect())
    }
}

impl FromStr for Listen {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let named = || {
            let (host, port) = text.rsplit_once(':')?;
            let letter = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
            let is_name = !host.is_empty() && host.chars().all(letter);
            port.parse::<u16>().ok().filter(|_| is_name)
        };
        if text.parse::<SocketAddr>().is_ok() || named().is_some() {
            return Ok(Self(text.to_owned()));
        }
        Err(NoPlace)
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A network, or the network of one address.
pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    let refused = |_| format!("{text:?} must be an address or a network like 10.0.0.0/8");
    text.parse().or_else(|_| address()).map_err(refused)
}

/// Where a Redis or a Valkey is, with the password if one is needed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RedisUrl(String);

/// The text is not the URL of a Redis.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "must be a URL like redis://host:6379/0, rediss://host:6380 or unix:///run/redis/redis.sock"
)]
pub(crate) struct NotARedisUrl;

impl RedisUrl {
    /// The URL as it was given, password included.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RedisUrl {
    type Err = NotARedisUrl;

    fn from_str(text: &str) -> Result<Self, NotARedisUrl> {
        let url = strictly(text).ok_or(NotARedisUrl)?;
        let whole = match url.scheme() {
            "redis" | "rediss" => url.host_str().is_some_and(|host| !host.is_empty()),
            "unix" | "redis+unix" => url.path().len() > 1,
            _ => false,
        };
        if whole && org_shared_limits::is_url(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(NotARedisUrl)
    }
}

/// Shows where it is, and neither the user nor the password.
impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(url) = Url::parse(&self.0) else {
            return f.write_str("…");
        };
        let host = url.host_str().unwrap_or_default();
        write!(f, "{}://…@{host}{}", url.scheme(), url.path())
    }
}

/// A URL without what browsers overlook in one: line feeds and tabs.
fn strictly(text: &str) -> Option<Url> {
    let clean = !text.contains(|c: char| c.is_control() || c.is_whitespace());
    Url::parse(text).ok().filter(|_| clean)
}
