//! Why work was not done, although nobody refused it.

/// What came between a request and its work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// No thread was free for it in time; one may be soon.
    #[error("no thread was free in time")]
    Busy,
    /// As many waited for a thread as may wait.
    #[error("too many were waiting for a thread")]
    Full,
    /// The time of the request was over.
    #[error("it was not done in time")]
    Late,
    /// It panicked, or the process is at its end.
    #[error("{0}")]
    Broken(String),
}
