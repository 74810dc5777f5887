//! Verifies a message that was saved as it arrived: its headers, one a line, and its body.
//!
//! `WEBHOOK_SECRETS=whsec_… cargo run -p org-webhooks --example receiver -- HEADERS BODY`

use std::error::Error;
use std::io::Write;
use std::{env, fs, io};

use org_kernel::clock::{Clock, SystemClock};
use org_webhooks::header::BODY_SIGNATURE;
use org_webhooks::secret::SigningSecret;
use org_webhooks::verification::{self, Received, TOLERANCE, Unverified, value_of};

/// A request's headers as names and values, which every web framework can give.
type Headers<'a> = [(&'a str, &'a str)];

/// Verifies a message by its Standard Webhooks headers.
pub(crate) fn verify(
    headers: &Headers<'_>,
    body: &[u8],
    secrets: &[SigningSecret],
) -> Result<(), Unverified> {
    let received = Received::from_headers(headers.iter().copied(), body)?;
    verification::verify(received, secrets, SystemClock.now(), TOLERANCE)
}

/// Verifies a body by `X-Kalinklo-Signature`, which says nothing of when it was sent.
pub(crate) fn verify_body(
    headers: &Headers<'_>,
    body: &[u8],
    secrets: &[SigningSecret],
) -> Result<(), Unverified> {
    let signature = value_of(BODY_SIGNATURE, headers.iter().copied())?;
    verification::verify_body(signature, body, secrets)
}

/// Reads headers that were saved one a line.
pub(crate) fn read_headers(text: &str) -> Vec<(&str, &str)> {
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect()
}

/// Reads the secrets that are accepted: one or, around a rotation, two, parted by blanks.
pub(crate) fn read_secrets(text: &str) -> Result<Vec<SigningSecret>, Box<dyn Error>> {
    let secrets = text.split_whitespace().map(SigningSecret::parse);
    Ok(secrets.collect::<Result<_, _>>()?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = env::args().skip(1).collect();
    let [headers, body] = files.as_slice() else {
        return Err("two files are needed: the headers, one a line, and the body".into());
    };
    let (headers, body) = (fs::read_to_string(headers)?, fs::read(body)?);
    let secrets = read_secrets(&env::var("WEBHOOK_SECRETS")?)?;
    let headers = read_headers(&headers);
    verify(&headers, &body, &secrets)?;
    verify_body(&headers, &body, &secrets)?;
    writeln!(io::stdout(), "verified")?;
    Ok(())
}
