//! Requests that were not answered as they were meant, in the same words wherever they are told of.
//!
//! Refused is what the client can mend: a status from 400 to 499. What is over a limit (429) is no
//! mistake of anybody's program, and is told by itself.

use org_auth::traffic::Traffic;
use org_auth::usage::Tally;

use crate::local::Local;

/// So many of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotDone {
    /// Refused with a status from 400 to 499, but for 429.
    refused: u64,
    /// Refused with 429.
    limited: u64,
    /// Failed with a status from 500 on.
    failed: u64,
}

impl NotDone {
    /// What the parts of a chart are called, from the ground up.
    pub(crate) const SERIES: [&str; 4] = ["Answered", "Refused", "Over a limit", "Failed"];

    /// The figures of those parts, where there were so many requests in all.
    pub(crate) fn series(self, requests: u64) -> [u64; 4] {
        let not_done = self.refused + self.limited + self.failed;
        let answered = requests.saturating_sub(not_done);
        [answered, self.refused, self.limited, self.failed]
    }

    /// `1 was refused, 2 were over a limit, and 0 failed.`
    pub(crate) fn told(self, local: &Local) -> String {
        let were = |count: u64| match count {
            1 => format!("{} was", local.number(count)),
            _ => format!("{} were", local.number(count)),
        };
        let (refused, limited) = (were(self.refused), were(self.limited));
        let failed = local.number(self.failed);
        format!("{refused} refused, {limited} over a limit, and {failed} failed.")
    }
}

impl From<Tally> for NotDone {
    fn from(tally: Tally) -> Self {
        Self {
            refused: tally.refused,
            limited: tally.limited,
            failed: tally.failed,
        }
    }
}

impl From<Traffic> for NotDone {
    fn from(traffic: Traffic) -> Self {
        Self {
            refused: traffic.refused,
            limited: traffic.limited,
            failed: traffic.failed,
        }
    }
}
