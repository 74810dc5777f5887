//! The text of a key: its format, its checksum, its hash.
//!
//! A key is `abo_org_`, 26 random characters, and the CRC-32 of those 34 as a base-62 number of six
//! digits. The checksum guards nothing: it lets a mistyped key be told from an unknown one, and a
//! scanner of source code find leaked keys, without a database. What guards a key is its 154 bits
//! of randomness, and for that reason one round of SHA-256 is enough to store it.
//!
//! A secret leaves this module once, as a [`KeySecret`] that was just made. A key that a client
//! shows is checked and hashed where it lies, and only the hash goes further.

mod base62;
mod hash;
mod prefix;
mod presented;
mod secret;

pub use hash::KeyHash;
pub use prefix::KeyPrefix;
pub use presented::{MalformedKey, PresentedKey};
pub use secret::KeySecret;

/// What every key begins with.
pub const BEGINNING: &str = "abo_org_";

const RANDOM: usize = 26;
const CHECKED: usize = BEGINNING.len() + RANDOM;

/// How many characters a key has.
pub const LENGTH: usize = CHECKED + base62::CHECKSUM;

/// The six digits that follow `checked` in a key.
fn checksum(checked: &[u8]) -> [u8; base62::CHECKSUM] {
    base62::encode(crc32fast::hash(checked))
}
