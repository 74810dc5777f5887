//! A bell between threads: whoever commits events rings it, and whoever dispatches them waits for it.
//!
//! It carries no message. Rings that nobody has answered yet are one, and none is lost between two
//! waits of a listener, so that what was committed before a ring is looked for after it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A bell.
#[derive(Debug, Default)]
pub struct Bell {
    rings: Mutex<u64>,
    rung: Condvar,
}

impl Bell {
    /// Wakes every listener that waits; each of the others finds its next wait over at once.
    pub fn ring(&self) {
        *self.rings() += 1;
        self.rung.notify_all();
    }

    /// Begins to listen: every ring from now on is heard. Listeners take no rings from one another.
    pub fn listen(self: &Arc<Self>) -> BellListener {
        BellListener {
            heard: *self.rings(),
            bell: Arc::clone(self),
        }
    }

    /// A count is whole whoever panicked beside it.
    fn rings(&self) -> MutexGuard<'_, u64> {
        self.rings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who waits for a bell.
#[derive(Debug)]
pub struct BellListener {
    bell: Arc<Bell>,
    heard: u64,
}

impl BellListener {
    /// Waits until the bell was rung since the last wait, or since it was first listened to; false
    /// when the time was over before it was.
    pub fn wait(&mut self, timeout: Duration) -> bool {
        let heard = self.heard;
        let silent = |rings: &mut u64| *rings == heard;
        let rings = self.bell.rings();
        let waited = self.bell.rung.wait_timeout_while(rings, timeout, silent);
        let (rings, _) = waited.unwrap_or_else(PoisonError::into_inner);
        self.heard = *rings;
        self.heard != heard
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Longer than any test; a wait that should end with a ring never lasts as long.
    const LONG: Duration = Duration::from_hours(1);

    #[test]
    fn a_ring_ends_a_wait_that_has_begun() {
        let bell = Arc::<Bell>::default();
        let mut listener = bell.listen();
        let waiting = thread::spawn(move || listener.wait(LONG));
        bell.ring();
        assert!(waiting.join().expect("no panic"));
    }

    #[test]
    fn rings_between_two_waits_are_heard_once() {
        let bell = Arc::<Bell>::default();
        let mut listener = bell.listen();
        for _ in 0..3 {
            bell.ring();
        }
        assert!(listener.wait(LONG));
        assert!(!listener.wait(Duration::ZERO));
        bell.ring();
        assert!(listener.wait(LONG));
    }

    #[test]
    fn every_listener_hears_every_ring() {
        let bell = Arc::<Bell>::default();
        let mut listeners = [bell.listen(), bell.listen()];
        bell.ring();
        assert!(listeners.iter_mut().all(|listener| listener.wait(LONG)));
    }

    #[test]
    fn without_a_ring_the_time_runs_out() {
        let bell = Arc::<Bell>::default();
        bell.ring();
        let mut listener = bell.listen();
        assert!(!listener.wait(Duration::from_millis(1)), "it came before");
    }

    /// Each ring follows a change that the listener must come to see, whenever it looks.
    #[test]
    fn what_came_before_a_ring_is_seen_after_it() {
        let bell = Arc::<Bell>::default();
        let written = Arc::new(Mutex::new(0));
        let mut listener = bell.listen();
        let (ringing, writing) = (Arc::clone(&bell), Arc::clone(&written));
        let writer = thread::spawn(move || {
            for _ in 0..10_000 {
                *writing.lock().expect("no panic") += 1;
                ringing.ring();
            }
        });
        while *written.lock().expect("no panic") < 10_000 {
            assert!(listener.wait(LONG), "a ring was lost");
        }
        writer.join().expect("no panic");
    }
}
