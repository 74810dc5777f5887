//! Where traces are sent by OTLP over HTTP.
//!
//! For a program that cannot send any there is no such place. It refuses the setting beside whatever else is
//! wrong with its settings, before it has touched anything.

use std::str::FromStr;

#[cfg(feature = "otlp")]
use url::Url;

/// A URL to which spans are posted.
#[cfg(feature = "otlp")]
#[derive(Clone, Debug)]
pub(crate) struct OtlpEndpoint(String);

/// There is none.
#[cfg(not(feature = "otlp"))]
#[derive(Clone, Debug)]
pub(crate) enum OtlpEndpoint {}

/// The text is no place to send traces to.
#[cfg(feature = "otlp")]
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("must be a URL like http://127.0.0.1:4318, without a user and a password")]
pub(crate) struct NotAnEndpoint;

/// No text is one.
#[cfg(not(feature = "otlp"))]
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("this program was built without the feature `otlp`, and cannot send traces")]
pub(crate) struct NotAnEndpoint;

#[cfg(feature = "otlp")]
impl OtlpEndpoint {
    /// Where spans are posted: below the address, unless that has a path of its own.
    pub(crate) fn for_traces(&self) -> String {
        match Url::parse(&self.0) {
            Ok(url) if url.path() == "/" => format!("{}/v1/traces", self.0.trim_end_matches('/')),
            _ => self.0.clone(),
        }
    }
}

#[cfg(feature = "otlp")]
impl FromStr for OtlpEndpoint {
    type Err = NotAnEndpoint;

    fn from_str(text: &str) -> Result<Self, NotAnEndpoint> {
        let url = super::strictly(text).ok_or(NotAnEndpoint)?;
        let web = ["http", "https"].contains(&url.scheme());
        if web && url.username().is_empty() && url.password().is_none() {
            return Ok(Self(text.to_owned()));
        }
        Err(NotAnEndpoint)
    }
}

#[cfg(not(feature = "otlp"))]
impl FromStr for OtlpEndpoint {
    type Err = NotAnEndpoint;

    fn from_str(_text: &str) -> Result<Self, NotAnEndpoint> {
        Err(NotAnEndpoint)
    }
}
