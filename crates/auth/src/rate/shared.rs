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

use super::Class;

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

/// What one server knows of the window that is open, and Redis may not. Nothing, unless that window has some time
/// left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// How many requests it has let in, as far as that server has heard. If nobody else remembers the window,
    /// it goes on from here.
    pub used: u32,
    /// Those among them that were let in while nobody could be asked, and were brought to nobody yet. A window
    /// that others remember has let them in as well.
    pub alone: u32,
    /// What is left of the window, in milliseconds; 0 when nothing is known.
    pub left: u32,
}

/// What comes of asking for a shared window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was answered.
    Taken(Taken),
    /// It was asked, and no answer has come soon enough. It may be counted all the same, and what is
    /// [`Known`] may be taken over.
    Late,
    /// It could not be asked, or was not counted.
    Away,
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
}

/// What [`SharedCounts::take`] comes to.
pub type Taking<'a> = Pin<Box<dyn Future<Output = Heard> + Send + 'a>>;

/// Windows that several servers share.
pub trait SharedCounts: Send + Sync {
    /// Judges one request and, if it is within the limit, counts it: in one step, so that no number of
    /// servers lets more in than the limit. What the server knows of the window is taken over in the same step,
    /// and by that too nothing is let in beyond the limit.
    ///
    /// Whoever is not told soon counts by themselves.
    fn take(&self, counted: Counted, limit: u32, known: Known) -> Taking<'_>;
}
