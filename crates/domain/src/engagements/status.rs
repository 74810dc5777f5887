//! How far an engagement has come.

use org_kernel::choices;

choices! {
    /// How far an engagement has come.
    pub enum EngagementStatus {
        Proposed = "PROPOSED",
        Offered = "OFFERED",
        Confirmed = "CONFIRMED",
        Declined = "DECLINED",
        Cancelled = "CANCELLED",
        Completed = "COMPLETED",
    }
}

impl EngagementStatus {
    /// Whether an engagement goes from this status to `next` in one step.
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Proposed => matches!(next, Self::Offered | Self::Confirmed | Self::Cancelled),
            Self::Offered => matches!(next, Self::Confirmed | Self::Declined | Self::Cancelled),
            Self::Confirmed => matches!(next, Self::Completed | Self::Cancelled),
            Self::Declined | Self::Cancelled | Self::Completed => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_does_not_begin_again() {
        use EngagementStatus::{Cancelled, Completed, Declined};
        for end in [Declined, Cancelled, Completed] {
            let mut all = EngagementStatus::ALL.iter();
            assert!(!all.any(|next| end.may_become(*next)), "{end}");
        }
    }
}
