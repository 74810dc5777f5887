//! The id of a request, by which a client and the log speak of the same thing.

use std::fmt;
use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderName, HeaderValue};
use uuid::Uuid;
use uuid::fmt::Hyphenated;

/// Where it is sent and answered.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const MAX: usize = 128;

/// 1 to 128 characters of `[A-Za-z0-9._-]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The client's own id, if it sent one and no more than one, in that form; else `fresh`, an id that
    /// was never given before.
    pub fn of(request: &ServiceRequest, fresh: Uuid) -> Self {
        let mut sent = request.headers().get_all(X_REQUEST_ID);
        if let (Some(id), None) = (sent.next().and_then(Self::parse), sent.next()) {
            return id;
        }
        let mut text = [0; Hyphenated::LENGTH];
        Self(Arc::from(&*fresh.hyphenated().encode_lower(&mut text)))
    }

    fn parse(value: &HeaderValue) -> Option<Self> {
        let text = value.to_str().ok()?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        ((1..=MAX).contains(&text.len()) && text.bytes().all(allowed))
            .then(|| Self(Arc::from(text)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the value of a header.
    #[expect(clippy::missing_panics_doc, reason = "it never does")]
    pub fn to_header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).expect("letters, digits, dots, underscores and hyphens")
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
