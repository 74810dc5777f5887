//! Values as they go over the wire: written as the contract says, and described as they are written.
//!
//! The domain's types know neither serde's formats nor OpenAPI; each of these is made from one of
//! theirs.

mod enumerations;
mod ids;
mod times;
mod words;

pub(crate) use enumerations::*;
pub(crate) use ids::*;
pub(crate) use times::{Date, Instant};

/// Text of any sort that may be absent.
pub(crate) fn text(value: Option<impl Into<String>>) -> Option<String> {
    value.map(Into::into)
}
