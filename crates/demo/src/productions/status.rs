//! How far productions and services have come, seen from a day.

use jiff::civil::Date;

use crate::calendar::{Phase, Today};

/// How surely something was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// From the beginning of the season.
    Firm,
    /// Not before its time comes near.
    Open,
    Postponed,
    Cancelled,
}

/// From how many days ahead an open plan is a draft, and from how many it is not yet sure.
const DRAFT_DAYS: i32 = 112;
const TENTATIVE_DAYS: i32 = 56;
/// Within how many days a service is confirmed.
const CALLED_DAYS: i32 = 42;

fn days_ahead(today: &Today, date: Date) -> i32 {
    (date - today.date()).get_days()
}

impl Plan {
    /// The status of a production with its first and last day.
    pub(crate) fn of_production(self, today: &Today, first: Date, last: Date) -> &'static str {
        match (self, today.phase(first, last)) {
            (Self::Postponed, _) => "POSTPONED",
            (Self::Cancelled, _) => "CANCELLED",
            (_, Phase::Past) => "COMPLETED",
            (_, Phase::Present) => "IN_PROGRESS",
            (Self::Firm, Phase::Future) => "CONFIRMED",
            (Self::Open, Phase::Future) => match days_ahead(today, first) {
                DRAFT_DAYS.. => "DRAFT",
                TENTATIVE_DAYS.. => "TENTATIVE",
                _ => "CONFIRMED",
            },
        }
    }

    /// The status of a service on `date`, in a production of this plan.
    pub(crate) fn of_service(self, today: &Today, date: Date) -> &'static str {
        let days_ahead = days_ahead(today, date);
        match self {
            Self::Postponed => "POSTPONED",
            Self::Cancelled => "CANCELLED",
            _ if days_ahead < 0 => "COMPLETED",
            _ if days_ahead < CALLED_DAYS => "CONFIRMED",
            Self::Open if days_ahead >= TENTATIVE_DAYS => "TENTATIVE",
            _ => "SCHEDULED",
        }
    }
}
