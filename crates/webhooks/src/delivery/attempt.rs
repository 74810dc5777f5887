//! One attempt to deliver.

use org_kernel::instant::Instant;
use time::Duration;

/// How much of an answer is read and kept, in bytes.
pub const LONGEST_ANSWER: usize = 4096;

/// What the log says of an attempt whose sender stopped.
pub const INTERRUPTED: &str = "the sender stopped before it knew the answer";

/// An attempt that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its number among all of its delivery, from one.
    pub number: u32,
    /// When it began.
    pub started_at: Instant,
    /// How long it took, to the millisecond; nobody knows of one that was interrupted.
    pub took: Option<Duration>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver answered.
    Answered {
        /// The status of the answer.
        status: u16,
        /// The beginning of its body, [`LONGEST_ANSWER`] bytes at the most, as far as it is text.
        body: String,
        /// For how long the receiver asks to be left alone; the log does not keep it.
        retry_after: Option<Duration>,
    },
    /// There was no answer, for this reason.
    Failed {
        /// The reason in words, on one line.
        error: String,
    },
}
