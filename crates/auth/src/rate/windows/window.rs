//! One window. Times are milliseconds since 1970.

use super::LENGTH;
use crate::rate::Standing;
use crate::rate::shared::{Known, Taken};

/// How far two servers may be from each other about when one window began: answers take some time, and clocks
/// run unevenly. Two windows of one client begin a minute apart.
const SAME: i64 = 1000;

#[derive(Debug)]
pub(super) struct Window {
    began: i64,
    /// What this server has let in. It never passes the limit, whatever is heard from elsewhere.
    own: u32,
    /// What all servers have let in, as far as this one has heard, and what it has let in unheard since.
    shared: u32,
    /// What this server has let in and nobody else knows of.
    alone: u32,
    /// Whether a window that others share may begin before the end of this one, as it does when a server and
    /// the others did not hear of each other.
    apart: bool,
}

impl Window {
    pub(super) const fn beginning(began: i64) -> Self {
        Self {
            began,
            own: 0,
            shared: 0,
            alone: 0,
            apart: false,
        }
    }

    const fn end(&self) -> i64 {
        self.began + LENGTH
    }

    const fn has_ended(&self, now: i64) -> bool {
        self.end() <= now
    }

    /// True when nothing can be asked about it any more. Whether one that others share overlaps it is asked
    /// until that one has ended too.
    pub(super) const fn is_past(&self, now: i64) -> bool {
        self.has_ended(if self.apart { now - LENGTH } else { now })
    }

    /// How many requests it has let in, as far as is known here.
    fn used(&self) -> u32 {
        self.own.max(self.shared)
    }

    pub(super) fn take(&mut self, limit: u32, now: i64) -> Standing {
        if self.has_ended(now) {
            *self = Self::beginning(now);
        }
        // Only a clock that was set back shows a time before the window's beginning.
        self.began = self.began.min(now);
        let used = self.used();
        let admitted = used < limit;
        if admitted {
            self.own += 1;
            self.shared = used + 1;
        }
        Standing::new(limit, self.used(), admitted, now, self.end() - now)
    }

    /// Judges a request of which the others hear without an answer that comes soon enough.
    pub(super) fn take_unheard(&mut self, limit: u32, now: i64) -> Standing {
        let standing = self.take(limit, now);
        self.apart = true;
        standing
    }

    /// Judges a request that nobody else hears of, nor of what they were to be brought with it.
    pub(super) fn take_alone(&mut self, known: Known, limit: u32, now: i64) -> Standing {
        if !self.has_ended(now) {
            self.alone += known.alone;
        }
        let standing = self.take_unheard(limit, now);
        self.alone += u32::from(standing.is_admitted());
        standing
    }

    /// What the others are to be told with the next request. They are told once of what they did not know.
    ///
    /// In the last second they may know better that it is over, and are told nothing.
    pub(super) fn bring(&mut self, now: i64) -> Known {
        let left = (self.end() - now).min(LENGTH);
        if left <= SAME {
            return Known::default();
        }
        Known {
            used: self.used(),
            alone: std::mem::take(&mut self.alone),
            left: u32::try_from(left).expect("a minute is short"),
        }
    }

    /// Judges a request that was judged in the window that all share, and takes over what that is.
    pub(super) fn learn(&mut self, taken: Taken, limit: u32, now: i64) -> Standing {
        let same = self.meet(now + taken.left() - LENGTH, now);
        // Answers may come in another order than they were given in, so the largest count is true.
        if same {
            self.shared = self.shared.max(taken.used);
        }
        let admitted = taken.admitted && self.own < limit;
        self.own += u32::from(admitted);
        // Of two windows that are apart, both are over at the later end.
        let here = if same { 0 } else { self.end() - now };
        let (used, left) = (taken.used.max(self.own), taken.left().max(here));
        Standing::new(limit, used, admitted, taken.now, left)
    }

    /// Whether a shared window that began at `began` is this one, which it becomes when this one is over and
    /// did not overlap it. Windows of a server never overlap: if it does, another begins here now.
    fn meet(&mut self, began: i64, now: i64) -> bool {
        if self.began > now {
            // The clock was set back.
            self.began = began;
        }
        let unused = self.used() == 0;
        if unused || self.end() - SAME <= began {
            *self = Self::beginning(began);
        } else if self.has_ended(now) {
            *self = Self::beginning(now);
        }
        let same = (self.began - began).abs() <= SAME;
        self.apart |= !same;
        same
    }
}
