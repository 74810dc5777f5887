//! Letting people in: by their password, by a one-time link, and by a second factor where they have one.
//!
//! A password or a link begins a session at once, or, with a second factor in force, a *pending* one; a
//! code then puts a new session with a new token in its place. Whoever is refused is not told why: an
//! organization that does not exist, a person who does not, and a wrong password take equally long and
//! get one answer. Attempts are counted before anything is looked up, so the limits do not tell either.
//!
//! What has been decided by is looked at again in the transaction that begins the session, so that a
//! password that was changed, or a second factor that was switched on, in the meantime is not got past.

mod by_code;
mod by_link;
mod by_password;
mod errors;
mod opening;
mod refused;

use std::sync::Arc;

use org_kernel::audit::Request;
use org_kernel::clock::Clock;
use org_kernel::entropy::Entropy;
use org_kernel::id_source::IdSource;

use crate::people::People;
use crate::rate::SignInAttempts;
use crate::refusals::Refusals;
use crate::second_factor::SecretBox;
use crate::session::{Session, SessionToken, Visitor};

pub use by_password::Credentials;
pub use errors::{CodeError, LinkError, SignInError};

#[cfg(test)]
mod tests;

/// The door. Every method asks the store, and blocks; with a password, for tens of milliseconds more.
#[derive(Clone)]
pub struct SignIn {
    people: People,
    secret_box: Option<Arc<dyn SecretBox>>,
    attempts: Arc<SignInAttempts>,
    refusals: Arc<Refusals>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    entropy: Arc<dyn Entropy>,
}

/// Who asks to be let in, and how.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// Where they are, and with what program.
    pub visitor: &'a Visitor,
    /// What the browser has for a session's cookie. Its session ends when another begins, whoever's it
    /// is: whoever has the cookie may end it.
    pub cookie: Option<&'a str>,
    /// The request, for the audit trail, as in an [`Origin`](org_kernel::audit::Origin); without one, no
    /// refusal is told of. Its status is that of one that went well.
    pub request: Option<&'a Request>,
}

/// A session that just began.
#[derive(Debug)]
pub struct SignedIn {
    /// The text of its cookie, which is stored nowhere.
    pub token: SessionToken,
    /// The session. Where it is pending, a code is asked for next.
    pub session: Session,
}

impl SignIn {
    /// The door to these stores. Without `secret_box`, codes of apps cannot be checked; recovery codes
    /// can. Whoever is refused is noted among `refusals`, for somebody else to store.
    pub fn new(
        people: People,
        secret_box: Option<Arc<dyn SecretBox>>,
        attempts: Arc<SignInAttempts>,
        refusals: Arc<Refusals>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            people,
            secret_box,
            attempts,
            refusals,
            clock,
            ids,
            entropy,
        }
    }
}
