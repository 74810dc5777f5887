//! A message's headers, found among all the headers of a request.
//!
//! Every web framework has a type of its own for them, and every one gives pairs.

use crate::header;
use crate::verification::{Received, Unverified};

impl<'a> Received<'a> {
    /// Takes a message from a request's headers, pairs of names and values, and its exact body.
    ///
    /// Refuses with [`Unverified::MissingHeader`] and [`Unverified::RepeatedHeader`].
    pub fn from_headers<H>(headers: H, body: &'a [u8]) -> Result<Self, Unverified>
    where
        H: IntoIterator<Item = (&'a str, &'a str)> + Clone,
    {
        Ok(Self {
            id: value_of(header::ID, headers.clone())?,
            timestamp: value_of(header::TIMESTAMP, headers.clone())?,
            signature: value_of(header::SIGNATURE, headers)?,
            body,
        })
    }
}

/// The value of the one header of a name, in whatever case it is written.
pub fn value_of<'a>(
    name: &'static str,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<&'a str, Unverified> {
    let mut values = headers
        .into_iter()
        .filter(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value);
    let value = values.next().ok_or(Unverified::MissingHeader(name))?;
    match values.next() {
        None => Ok(value),
        Some(_) => Err(Unverified::RepeatedHeader(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADERS: [(&str, &str); 5] = [
        ("Content-Type", "application/json"),
        ("Webhook-Id", "evt_1"),
        ("WEBHOOK-TIMESTAMP", "1773513007"),
        ("webhook-signature", "v1,AA=="),
        ("x-kalinklo-signature", "sha256=00"),
    ];

    fn without(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
        HEADERS
            .into_iter()
            .filter(move |(other, _)| !other.eq_ignore_ascii_case(name))
    }

    #[test]
    fn headers_are_found_in_any_case() {
        let received = Received::from_headers(HEADERS, b"{}").expect("three headers");
        let Received {
            id,
            timestamp,
            signature,
            body,
        } = received;
        assert_eq!(
            (id, timestamp, signature, body),
            ("evt_1", "1773513007", "v1,AA==", b"{}".as_slice())
        );
        assert_eq!(value_of(header::BODY_SIGNATURE, HEADERS), Ok("sha256=00"));
    }

    #[test]
    fn a_missing_header_is_named() {
        for name in [header::ID, header::TIMESTAMP, header::SIGNATURE] {
            let refused = Received::from_headers(without(name), b"").map(|_| ());
            assert_eq!(refused, Err(Unverified::MissingHeader(name)));
        }
        let refused = value_of(header::BODY_SIGNATURE, without(header::BODY_SIGNATURE));
        let refused = refused.expect_err("there is none").to_string();
        assert_eq!(refused, "the header X-Kalinklo-Signature is missing");
    }

    #[test]
    fn a_header_that_is_there_twice_is_refused() {
        for name in [header::ID, header::TIMESTAMP, header::SIGNATURE] {
            let twice = HEADERS.into_iter().chain([(name, "another")]);
            let refused = Received::from_headers(twice, b"").map(|_| ());
            assert_eq!(refused, Err(Unverified::RepeatedHeader(name)));
        }
    }
}
