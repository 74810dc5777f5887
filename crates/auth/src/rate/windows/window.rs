//! One window. Times are milliseconds since 1970.

use super::LENGTH;
use crate::rate::Standing;

/// How far two servers may be from each other about when one window began: answers take some time, and clocks
/// run unevenly. Two windows of one client begin a minute apart.
const SAME: i64 = 1000;

#[derive(Debug)]
pub(super) struct Window {
    began: i64,
    admitted: u32,
}

impl Window {
    pub(super) const fn beginning(now: i64) -> Self {
        Self {
            began: now,
            admitted: 0,
        }
    }

    const fn end(&self) -> i64 {
        self.began + LENGTH
    }

    pub(super) const fn has_ended(&self, now: i64) -> bool {
        self.end() <= now
    }

    pub(super) fn take(&mut self, limit: u32, now: i64) -> Standing {
        if self.has_ended(now) {
            *self = Self::beginning(now);
        }
        // Only a clock that was set back shows a time before the window's beginning.
        self.began = self.began.min(now);
        let admitted = self.admitted < limit;
        self.admitted += u32::from(admitted);
        Standing::new(limit, self.admitted, admitted, now, self.end() - now)
    }

    /// Takes over what a shared window is: one that began at `began` and has let `admitted` in. Answers may
    /// come in another order than they were given in, so of one window the larger count is true, and an
    /// earlier window tells nothing any more.
    pub(super) fn learn(&mut self, began: i64, admitted: u32, now: i64) {
        let unused = self.admitted == 0 || self.has_ended(now);
        if !unused && (self.began - began).abs() <= SAME {
            self.admitted = self.admitted.max(admitted);
        } else if unused || began > self.began || self.began > now {
            *self = Self { began, admitted };
        }
    }
}
