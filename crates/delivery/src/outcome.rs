//! What came of one attempt.

use org_webhooks::egress::Refusal;

use crate::resolver::Unfit;

/// How an attempt ended, and when.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// From the first look at the URL until the answer was read, or until it was given up.
    pub duration: std::time::Duration,
    /// The answer, or why there is none.
    pub end: Result<Answer, Failure>,
}

/// What a receiver answered, whatever its status, and whatever became of its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code, 100 to 999.
    pub status: u16,
    /// The beginning of the body, at most [`Limits::body`](crate::limits::Limits::body) bytes long, as far
    /// as it came in time and before it broke off. What is not UTF-8, and each NUL, is a U+FFFD.
    pub body: String,
    /// How long the receiver wants to be left alone, by its header `Retry-After`; never negative.
    pub retry_after: Option<time::Duration>,
}

/// Why there is no answer, in words for the delivery log: one line of at most 1000 characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Deliveries do not go there. Nothing was dialled.
    #[error("refused: the URL {0}")]
    Refused(Refusal),
    /// It was tried and did not work.
    #[error("{0}")]
    Unanswered(String),
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            // Nobody refused this; the name may be there tomorrow.
            Unfit::Refused(unresolved @ Refusal::Unresolved) => {
                Self::Unanswered(format!("the URL {unresolved}"))
            }
            Unfit::Refused(refusal) => Self::Refused(refusal),
            Unfit::Unresolved(error) => Self::Unanswered(error.to_string()),
        }
    }
}
