//! A message as a receiver gets it: signed by this project, and perhaps altered on the way.

use org_kernel::clock::{Clock, SystemClock};
use org_kernel::id::EventId;
use org_webhooks::header;
use org_webhooks::secret::SigningSecret;
use org_webhooks::signing::{Message, sign};
use time::Duration;

pub(crate) const ID: &str = "evt_01h455vb4pex5vsknk084sn02q";

pub(crate) const NEWEST: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(crate) const OLDER: &str = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

/// No message is signed with this one.
pub(crate) const OTHER: &str = "whsec_+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";

/// With characters of several bytes, and a newline at its end, which careless programs lose.
pub(crate) const BODY: &str = "{\"id\":\"evt_01h455vb4pex5vsknk084sn02q\",\
    \"data\":{\"title\":\"Janáček: Sinfonietta 🎺\"}}\n";

/// A message, and the secrets of the receiver that it comes to.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) secrets: Vec<String>,
}

impl Received {
    /// A message that was signed with `secrets`, the newest first, that long ago, for a receiver
    /// that knows the newest.
    pub(crate) fn signed(body: &[u8], secrets: &[&str], ago: Duration) -> Self {
        let parsed: Vec<_> = secrets.iter().map(|text| secret(text)).collect();
        let message = Message {
            id: ID.parse::<EventId>().expect("an id"),
            signed_at: SystemClock.now().saturating_add(-ago),
            body,
        };
        let (newest, older) = parsed.split_first().expect("a secret");
        let headers = sign(message, newest, older);
        Self {
            headers: headers
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec(),
            body: body.to_vec(),
            secrets: vec![secrets[0].to_owned()],
        }
    }

    /// The message as it is sent: signed now, with one secret, which the receiver knows.
    pub(crate) fn sent() -> Self {
        Self::signed(BODY.as_bytes(), &[NEWEST], Duration::ZERO)
    }

    /// The same, for a receiver that accepts these secrets.
    pub(crate) fn by(self, secrets: &[&str]) -> Self {
        let secrets = secrets.iter().map(ToString::to_string).collect();
        Self { secrets, ..self }
    }

    /// The same with a bit of the body flipped, in the byte at `place`.
    pub(crate) fn body_flipped(mut self, place: usize) -> Self {
        self.body[place] ^= 1;
        self
    }

    /// The same with another character at `place` of a header: a digit, which the alphabets of all
    /// of them have.
    pub(crate) fn changed(self, name: &str, place: usize) -> Self {
        let mut value = self.value(name).to_owned();
        let other = if value[place..].starts_with('0') {
            "1"
        } else {
            "0"
        };
        value.replace_range(place..=place, other);
        self.with(name, &value)
    }

    /// The same with another value in a header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let header = self.headers.iter_mut().find(|(other, _)| other == name);
        value.clone_into(&mut header.expect("the header").1);
        self
    }

    /// The same with a header more.
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a header less.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self
    }

    /// The same with the names of the headers written in another way.
    pub(crate) fn named(mut self, name: impl Fn(&str) -> String) -> Self {
        for (other, _) in &mut self.headers {
            *other = name(other);
        }
        self
    }

    /// A header's value.
    pub(crate) fn value(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(other, _)| other == name);
        &header.expect("the header").1
    }

    /// The signature of the first secret, without the version before it.
    pub(crate) fn tag(&self) -> &str {
        let signatures = self.value(header::SIGNATURE);
        let first = signatures.split(' ').next().expect("a signature");
        first.strip_prefix("v1,").expect("a version")
    }
}

fn secret(text: &str) -> SigningSecret {
    SigningSecret::parse(text).expect("a secret")
}
