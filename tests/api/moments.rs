//! When the next kill comes, at no moment that anything in the test decides; and when something has
//! happened often enough.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::server::PATIENCE;

/// Longer than a write takes, so that every point of one can be hit.
const LONGEST: Duration = Duration::from_millis(30);

/// Random moments, by `SplitMix64` (Steele, Lea and Flood, 2014).
pub(crate) struct Moments(u64);

impl Moments {
    /// Those of a seed, which is printed: `ORG_API_SEED` or else one of the clock.
    pub(crate) fn new() -> Self {
        let seed = match std::env::var("ORG_API_SEED") {
            Ok(seed) => seed.parse().expect("ORG_API_SEED is a number"),
            Err(_) => of_the_clock(),
        };
        eprintln!("ORG_API_SEED={seed}");
        Self(seed)
    }

    /// Lets up to [`LONGEST`] pass.
    pub(crate) fn wait(&mut self) {
        // The remainder prefers no moment by anything that matters.
        let longest = u64::try_from(LONGEST.as_nanos()).expect("not that long");
        thread::sleep(Duration::from_nanos(self.next() % longest));
    }

    /// One of so many, each as likely as the others.
    pub(crate) fn one_of(&mut self, many: usize) -> usize {
        let many = u64::try_from(many).expect("not that many");
        usize::try_from(self.next() % many).expect("less than a usize")
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn of_the_clock() -> u64 {
    let since = SystemTime::UNIX_EPOCH.elapsed().expect("it is past 1970");
    since.as_secs() * 1_000_000_000 + u64::from(since.subsec_nanos())
}

/// Waits until a counter has gone so much further.
pub(crate) fn until(counter: &AtomicU32, times: u32, otherwise: &str) {
    let wanted = counter.load(Ordering::Relaxed) + times;
    let deadline = Instant::now() + PATIENCE;
    while counter.load(Ordering::Relaxed) < wanted {
        assert!(Instant::now() < deadline, "{otherwise}");
        thread::yield_now();
    }
}
