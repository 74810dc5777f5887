//! A time that is set anew with every request, at next to no cost.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::time::{Instant, Sleep, sleep_until};

/// Wakes a connection when its time is over.
///
/// To set a timer of the runtime costs more than to look at the clock, and a client that does well sends
/// its next request long before. So the timer that is set is left as it is when the time is put off: when
/// it goes off too early, it is set for the rest.
#[derive(Debug, Default)]
pub(super) struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Whether `deadline` is over; if not, the task is woken when it is.
    pub(super) fn is_over(&mut self, deadline: Instant, context: &mut Context<'_>) -> bool {
        let sleep = self
            .0
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if deadline < sleep.deadline() {
            sleep.as_mut().reset(deadline);
        }
        while let Poll::Ready(()) = sleep.as_mut().poll(context) {
            if Instant::now() >= deadline {
                return true;
            }
            sleep.as_mut().reset(deadline);
        }
        false
    }
}
