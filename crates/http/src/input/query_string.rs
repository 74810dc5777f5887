//! The query of a request, taken apart.

use std::borrow::Cow;

use org_kernel::field::FieldErrors;
use percent_encoding::percent_decode_str;

/// The parameters of a query that have not been asked for yet, and what was wrong with the others.
#[derive(Debug, Default)]
pub(crate) struct QueryString {
    parameters: Vec<(String, String)>,
    errors: FieldErrors,
}

impl QueryString {
    /// Takes apart `a=1&b=2`; empty pieces between `&` are passed over.
    pub(crate) fn parse(query: &str) -> Self {
        let mut parsed = Self::default();
        for piece in query.split('&').filter(|piece| !piece.is_empty()) {
            parsed.add(piece);
        }
        parsed
    }

    fn add(&mut self, piece: &str) {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        match (decode(name), decode(value)) {
            (Some(name), _) if self.has(&name) => self.reject(&name, "must be given once"),
            (Some(name), Some(value)) => self.parameters.push((name, value)),
            (decoded, _) => {
                self.reject(
                    decoded.as_deref().unwrap_or(name),
                    "must be percent-encoded UTF-8",
                );
            }
        }
    }

    fn has(&self, name: &str) -> bool {
        self.parameters.iter().any(|(known, _)| known == name)
    }

    /// The trimmed value of a parameter; `None` when it is not there, or empty, which is an error.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let place = self
            .parameters
            .iter()
            .position(|(known, _)| known == name)?;
        let (_, value) = self.parameters.remove(place);
        let value = value.trim();
        if value.is_empty() {
            self.reject(name, "must not be empty");
            return None;
        }
        Some(value.to_owned())
    }

    pub(crate) fn reject(&mut self, name: &str, message: impl std::fmt::Display) {
        self.errors.add(name, message);
    }

    /// Refuses every parameter that was not asked for, and answers all that was wrong.
    pub(crate) fn finish(mut self) -> FieldErrors {
        for (name, _) in std::mem::take(&mut self.parameters) {
            self.reject(&name, "is not a parameter of this endpoint");
        }
        self.errors
    }
}

/// Undoes the encoding of forms; `None` if a `%` is not followed by two hexadecimal digits, or the
/// bytes are not UTF-8.
fn decode(text: &str) -> Option<String> {
    let text = if text.contains('+') {
        Cow::Owned(text.replace('+', " "))
    } else {
        Cow::Borrowed(text)
    };
    let encoded = |escape: &str| {
        escape
            .as_bytes()
            .first_chunk::<2>()
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !text.split('%').skip(1).all(encoded) {
        return None;
    }
    Some(percent_decode_str(&text).decode_utf8().ok()?.into_owned())
}
