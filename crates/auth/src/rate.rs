//! How often a key may be used, how often an address may fail, and how often somebody may try to sign
//! in.
//!
//! All count in fixed windows of 60 seconds. A window begins with the first request after the last
//! one ended, not on the minute, so that a client's budget comes back when it expects it. Counts are
//! exact under any number of threads: a request is judged and counted under the lock of its own
//! window, and the clock is read under it too. They are this process's alone, unless servers share those of
//! keys and of failed attempts behind a port, [`SharedCounts`].
//!
//! If the clock is set back, a window keeps its count and begins anew at the earlier time: nobody
//! gains requests by it, and nobody waits longer than one window.

mod addresses;
mod attempts;
mod client;
mod failed_attempts;
mod limits;
mod requests;
mod shared;
mod standing;
mod windows;

pub(crate) use attempts::Door;
pub use attempts::{ATTEMPTS_PER_MINUTE, SignInAttempts};
pub use failed_attempts::{FAILED_ATTEMPTS_PER_MINUTE, FailedAttempts};
pub use limits::{Class, OwnLimits, PerMinute, READS_PER_MINUTE, WRITES_PER_MINUTE};
pub use requests::RequestLimits;
pub use shared::{Counted, Heard, Known, SharedCounts, Taken, Taking, WINDOW};
pub use standing::Standing;
