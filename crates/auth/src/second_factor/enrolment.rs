//! What somebody gives their app.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// The secret of an app, in both forms in which apps take it. It does not print itself.
pub struct Enrolment {
    url: SecretString,
    secret: SecretString,
}

impl Enrolment {
    pub(super) fn new(url: String, base32: &str) -> Self {
        let mut grouped = String::with_capacity(base32.len() * 5 / 4);
        for (place, digit) in base32.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(digit);
        }
        Self {
            url: url.into(),
            secret: grouped.into(),
        }
    }

    /// `otpauth://totp/…`, for a link or a picture.
    pub fn url(&self) -> &str {
        self.url.expose_secret()
    }

    /// The secret in base 32, in groups of four, to be typed.
    pub fn secret(&self) -> &str {
        self.secret.expose_secret()
    }
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrolment(…)")
    }
}
