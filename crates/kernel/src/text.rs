//! Text that people typed: its bounds, its control characters, and its folded form.
//!
//! A [`Line`] is one line, a [`Prose`] may have several; both are trimmed, never empty, and at most
//! `MAX` characters long. They hold nothing that is not seen and changes what is. [`fold`] makes two spellings comparable.

mod bounded;
mod folding;
mod trimming;
mod unseen;

pub use bounded::{Line, Prose, Text};
pub use folding::fold;
pub use trimming::trimmed;
pub use unseen::with_unseen_escaped;
