//! How far a request has come.

use org_kernel::choices;

choices! {
    /// How far a request has come.
    pub enum MemberRequestStatus {
        Submitted = "SUBMITTED",
        InReview = "IN_REVIEW",
        Approved = "APPROVED",
        Declined = "DECLINED",
        Withdrawn = "WITHDRAWN",
        Completed = "COMPLETED",
    }
}

impl MemberRequestStatus {
    /// Whether a request goes from this status to `next` in one step. It is decided once, whether it
    /// was looked at first or not; the member takes it back until what was approved is done.
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Submitted => matches!(
                next,
                Self::InReview | Self::Approved | Self::Declined | Self::Withdrawn
            ),
            Self::InReview => matches!(next, Self::Approved | Self::Declined | Self::Withdrawn),
            Self::Approved => matches!(next, Self::Completed | Self::Withdrawn),
            Self::Declined | Self::Withdrawn | Self::Completed => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_does_not_begin_again() {
        use MemberRequestStatus::{Completed, Declined, Withdrawn};
        for end in [Declined, Withdrawn, Completed] {
            let mut all = MemberRequestStatus::ALL.iter();
            assert!(!all.any(|next| end.may_become(*next)), "{end}");
        }
    }

    #[test]
    fn nothing_becomes_submitted_or_stays_what_it_is() {
        for status in MemberRequestStatus::ALL {
            assert!(!status.may_become(MemberRequestStatus::Submitted));
            assert!(!status.may_become(*status));
        }
    }
}
