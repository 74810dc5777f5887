//! Who may do what, and how often: API keys and their scopes, verification, and rate limits.
//!
//! There is no web and no database here.

#![warn(missing_docs)]

pub mod credential;
pub mod entropy;
pub mod key;
pub mod scope;
