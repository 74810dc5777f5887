//! Passwords: what is stored of them.

mod hash;

pub use hash::PasswordHash;
