//! What a client is told of its limit.

/// Where a client stands after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Requests in one window.
    pub limit: u32,
    /// Requests that are left in this window.
    pub remaining: u32,
    /// When the window has ended for certain, in seconds since 1970.
    pub reset: i64,
    /// After how many whole seconds, 1 to 60, the window has ended for certain.
    pub resets_in: u32,
    /// `None` when the request is within the limit; else [`resets_in`](Self::resets_in), which is how long
    /// to wait.
    pub retry_after: Option<u32>,
}

impl Standing {
    /// True when the request is within the limit.
    pub const fn is_admitted(&self) -> bool {
        self.retry_after.is_none()
    }

    /// That of a window of which `used` requests were let in, this one among them if it was `admitted`, and
    /// which ends `left` milliseconds, at least one, after `now`.
    pub(super) fn new(limit: u32, used: u32, admitted: bool, now: i64, left: i64) -> Self {
        let resets_in = seconds_to_wait(left);
        Self {
            limit,
            remaining: limit.saturating_sub(used),
            reset: whole_seconds(now + left),
            resets_in,
            retry_after: (!admitted).then_some(resets_in),
        }
    }
}

/// Seconds, rounded up: a client that waits for them never comes a moment too early.
const fn whole_seconds(milliseconds: i64) -> i64 {
    (milliseconds + 999).div_euclid(1000)
}

/// `milliseconds` is what is left of a window, so it is 1 to 60,000.
fn seconds_to_wait(milliseconds: i64) -> u32 {
    u32::try_from(whole_seconds(milliseconds)).expect("what is left of a window is short")
}
