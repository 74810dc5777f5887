//! Passwords: which may be chosen, and what is stored of them.
//!
//! A password has 12 to 128 characters and may hold whatever a keyboard gives; there is no rule about
//! capitals and digits, which make passwords worse. What it may not be is one that everybody tries
//! first, or what stands beside it in the form: see [`NewPassword::choose`]. It is brought to Unicode's
//! form NFKC, so that it is the same from every keyboard, and its argon2id hash is stored.

mod choice;
mod common;
mod hash;

use secrecy::zeroize::Zeroizing;
use unicode_normalization::UnicodeNormalization;

pub use choice::{NewPassword, WeakPassword};
pub use hash::{HashError, PasswordHash};
pub(crate) use hash::{matches, matches_nothing};

/// The fewest characters of a password.
pub const MIN: usize = 12;

/// The most characters of a password.
pub const MAX: usize = 128;

/// More bytes than 128 characters have in any form of Unicode: longer texts are not looked at.
const LONGEST: usize = 8 * 1024;

/// The one form of what was typed; none for what is too long to be a password.
fn normalized(typed: &str) -> Option<Zeroizing<String>> {
    let looked_at = (typed.len() <= LONGEST).then_some(typed)?;
    // With this capacity from the start, a password never moves and leaves no copy behind.
    let mut text = Zeroizing::new(String::with_capacity(4 * LONGEST));
    text.extend(looked_at.nfkc());
    Some(text)
}
