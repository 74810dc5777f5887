//! How far a delivery has come.

use std::fmt;

/// The status of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryStatus {
    /// No attempt since it was made or resent has ended.
    Pending,
    /// The receiver has answered that it has it.
    Delivered,
    /// The last attempt failed; another one is to follow.
    Failed,
    /// The last attempt of the schedule failed.
    Exhausted,
    /// It is a test, which is signed and never sent.
    Simulated,
}

impl DeliveryStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Delivered,
        Self::Failed,
        Self::Exhausted,
        Self::Simulated,
    ];

    /// Its name in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Delivered => "DELIVERED",
            Self::Failed => "FAILED",
            Self::Exhausted => "EXHAUSTED",
            Self::Simulated => "SIMULATED",
        }
    }

    /// The status of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

impl fmt::Display for DeliveryStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
