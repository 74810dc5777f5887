//! Where a key stands, in the fields that most clients know and in those of the IETF
//! (draft-ietf-httpapi-ratelimit-headers).
//!
//! They are on every answer to a valid key, so they are put together on the stack and copied once each.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use org_auth::rate::{Class, WINDOW};

use crate::call::Counted;

pub(super) const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
pub(super) const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
pub(super) const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");
pub(super) const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
pub(super) const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// Says what the limit of this class is, and what is left of it.
pub(super) fn tell(headers: &mut HeaderMap, counted: &Counted) {
    let Counted { class, standing } = *counted;
    headers.insert(LIMIT, standing.limit.into());
    headers.insert(REMAINING, standing.remaining.into());
    headers.insert(RESET, standing.reset.into());
    let quota = ("q", u64::from(standing.limit));
    headers.insert(POLICY, field(class, quota, ("w", WINDOW.as_secs())));
    let remaining = ("r", u64::from(standing.remaining));
    let ends = ("t", u64::from(standing.resets_in));
    headers.insert(LEFT, field(class, remaining, ends));
}

/// A list of one string with two parameters, as in `"read";q=1000;w=60`.
fn field(class: Class, first: (&str, u64), second: (&str, u64)) -> HeaderValue {
    let mut text = Text::default();
    for part in ["\"", class.name(), "\""] {
        text.push(part);
    }
    for (name, number) in [first, second] {
        for part in [";", name, "="] {
            text.push(part);
        }
        text.push(itoa::Buffer::new().format(number));
    }
    HeaderValue::from_bytes(text.as_bytes()).expect("letters, digits and marks")
}

/// A text with room for two numbers of any size.
struct Text {
    bytes: [u8; 64],
    length: usize,
}

impl Default for Text {
    fn default() -> Self {
        Self {
            bytes: [0; 64],
            length: 0,
        }
    }
}

impl Text {
    fn push(&mut self, part: &str) {
        let end = self.length + part.len();
        self.bytes[self.length..end].copy_from_slice(part.as_bytes());
        self.length = end;
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_numbers_have_room() {
        let most = ("q", u64::MAX);
        let written = field(Class::Write, most, ("w", u64::MAX));
        let expected = format!("\"write\";q={0};w={0}", u64::MAX);
        assert_eq!(written.to_str().ok(), Some(expected.as_str()));
    }
}
