//! One-time sign-in links.
//!
//! Whoever has the link is let in once, so it is stored as a hash, ends after 72 hours, and ends at once
//! when it is used or another one is made for its user. To look at one does not use it up: mail programs
//! fetch what they find.

use org_kernel::instant::Instant;
use time::Duration;

use crate::token::{Token, TokenHash, kind};

/// The secret part of a link, to be shown once and never stored.
pub type LinkSecret = Token<kind::Link>;

/// What is stored of a link.
pub type LinkHash = TokenHash<kind::Link>;

/// How long a link can be used.
pub const LINK_LASTS: Duration = Duration::hours(72);

/// A link that is about to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLink {
    /// By which it is found.
    pub hash: LinkHash,
    /// When it was made.
    pub created_at: Instant,
    /// From when on it cannot be used.
    pub expires_at: Instant,
}
