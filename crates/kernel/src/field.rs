//! The fields of an object that somebody else wrote.
//!
//! [`Fields`] takes a JSON object apart, field by field, and collects everything that is wrong with
//! it, so that the sender hears of every bad field at once. [`FromText`] is what a single value
//! implements to be read so; [`Invalid`] is its refusal and [`FieldErrors`] the collection.

mod errors;
mod fields;

pub use errors::{FieldErrors, Invalid};
pub use fields::Fields;

/// A value that the text of a field can hold.
pub trait FromText: Sized {
    /// Reads the value, or says what is wrong as a sentence without a subject (`must be …`).
    fn from_text(text: &str) -> Result<Self, Invalid>;
}
