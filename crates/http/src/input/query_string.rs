//! The query of a request, taken apart.

use std::collections::BTreeMap;
use std::fmt::Display;

use org_kernel::field::FieldErrors;
use percent_encoding::percent_decode_str;

/// The parameters of a query that have not been asked for yet, and what was wrong with the others.
#[derive(Debug, Default)]
pub(crate) struct QueryString {
    parameters: BTreeMap<String, String>,
    errors: FieldErrors,
}

/// How many pieces of a query are looked at. No endpoint has as many parameters, so one of these is
/// unknown or stands twice, and the request is refused, whatever comes after them.
const MAX_PIECES: usize = 100;

impl QueryString {
    /// Takes apart `a=1&b=2`; empty pieces between `&` are passed over.
    pub(crate) fn parse(query: &str) -> Self {
        let mut parsed = Self::default();
        let pieces = query.split('&').filter(|piece| !piece.is_empty());
        for piece in pieces.take(MAX_PIECES) {
            parsed.add(piece);
        }
        parsed
    }

    fn add(&mut self, piece: &str) {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        match (decode(name), decode(value)) {
            (Some(name), _) if self.parameters.contains_key(&name) => {
                self.reject(&name, "must be given once");
            }
            (Some(name), Some(value)) => {
                self.parameters.insert(name, value);
            }
            (decoded, _) => {
                let name = decoded.as_deref().unwrap_or(name);
                self.reject(name, "must be percent-encoded UTF-8");
            }
        }
    }

    /// The trimmed value of a parameter; `None` when it is not there, or empty, which is an error.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let value = self.parameters.remove(name)?;
        let value = value.trim();
        if value.is_empty() {
            self.reject(name, "must not be empty");
            return None;
        }
        Some(value.to_owned())
    }

    pub(crate) fn reject(&mut self, name: &str, message: impl Display) {
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
    let escapes = text.split('%').skip(1);
    if !escapes.map(str::as_bytes).all(begins_with_hex) {
        return None;
    }
    let text = text.replace('+', " ");
    let decoded = percent_decode_str(&text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

fn begins_with_hex(text: &[u8]) -> bool {
    let digits = text.first_chunk::<2>();
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}
