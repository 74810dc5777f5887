//! How a command fails: one line on stderr, and an exit status.

use std::error::Error;
use std::fmt;
use std::process::ExitCode;

use org_kernel::{StoreError, chain};

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It was asked wrongly: status 2.
    Usage(String),
    /// It was asked rightly and failed: status 1.
    Failed(String),
    /// It failed, and its output has said why: status 1.
    Reported,
}

impl Failure {
    /// A failure with all of its causes on one line.
    pub(crate) fn of(error: &(dyn Error + 'static)) -> Self {
        Self::Failed(chain(error))
    }

    /// A failure in doing `what`, with all of its causes on one line.
    pub(crate) fn during(what: impl fmt::Display, error: &(dyn Error + 'static)) -> Self {
        Self::Failed(format!("{what}: {}", chain(error)))
    }

    pub(crate) fn status(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) | Self::Reported => ExitCode::FAILURE,
        }
    }

    /// The line for stderr; none when everything was said.
    pub(crate) fn line(&self) -> Option<&str> {
        match self {
            Self::Usage(line) | Self::Failed(line) => Some(line),
            Self::Reported => None,
        }
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}

/// Why something was not had from the database.
#[derive(Debug)]
pub(crate) enum Setback {
    /// It does not answer; trying again helps.
    Unavailable(StoreError),
    /// It is not to be had.
    Failed(Failure),
}

impl From<Failure> for Setback {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for Setback {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::Failed(_) => Self::Failed(Failure::of(&error)),
        }
    }
}

impl From<Setback> for Failure {
    fn from(setback: Setback) -> Self {
        match setback {
            Setback::Unavailable(error) => Self::of(&error),
            Setback::Failed(failure) => failure,
        }
    }
}
