//! The port behind which several servers share one count.
//!
//! It is here, and not beside whoever asks it, because an adapter has to know what is counted and nothing of
//! the web. The windows are those of [`rate`](super): one begins with the first request after the last one
//! ended, and lasts [`WINDOW`].

#[cfg(test)]
mod tests;

use std::fmt;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use org_kernel::id::KeyId;

use super::{Class, Standing};

/// How long a window lasts.
pub const WINDOW: Duration = Duration::from_mins(1);

/// Something that has a window of its own.
///
/// Its text names it, the same on every server, and holds no secret: `requests:key_…:read`,
/// `failed:192.0.2.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The requests of a key.
    Requests(KeyId, Class),
    /// Failed attempts of a network; of everybody who is not told apart when there is none.
    FailedAttempts(Option<IpAddr>),
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Requests(key, class) => write!(f, "requests:{key}:{}", class.name()),
            Self::FailedAttempts(Some(network)) => write!(f, "failed:{network}"),
            Self::FailedAttempts(None) => f.write_str("failed:others"),
        }
    }
}

/// What a shared window is after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whether the request is within the limit; only then it was counted.
    pub admitted: bool,
    /// How many requests the window has let in.
    pub used: u32,
    /// What is left of the window, in milliseconds.
    pub left: u32,
    /// The time by the clock that all share, in milliseconds since 1970.
    pub now: i64,
}

impl Taken {
    /// What is left of the window, in milliseconds: never nothing, and never more than a window.
    pub(super) fn left(&self) -> i64 {
        let window = i64::try_from(WINDOW.as_millis()).expect("a minute is short");
        i64::from(self.left).clamp(1, window)
    }

    pub(super) fn standing(&self, limit: u32) -> Standing {
        Standing::new(limit, self.used, self.admitted, self.now, self.left())
    }
}

/// What [`SharedCounts::take`] comes to.
pub type Taking<'a> = Pin<Box<dyn Future<Output = Option<Taken>> + Send + 'a>>;

/// Windows that several servers share.
pub trait SharedCounts: Send + Sync {
    /// Judges one request and, if it is within the limit, counts it: in one step, so that no number of
    /// servers lets more in than the limit.
    ///
    /// `None` when that cannot be told soon; whoever asked then counts by themselves. An adapter that answers
    /// so may have counted the request all the same.
    fn take(&self, counted: Counted, limit: u32) -> Taking<'_>;
}
