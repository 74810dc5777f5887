//! How long requests took, in buckets.
//!
//! The bounds of the buckets are a factor of 1.25 apart, from half a millisecond on, so whatever is read
//! of a histogram is exact to a quarter, from the fastest answer to the slowest. The bounds never change:
//! what is stored is counts alone, and is read by the bounds.

use std::ops::AddAssign;
use std::time::Duration;

/// Half a millisecond, and then each bound a quarter above the one before; the last is above a minute.
const BOUNDS: [Duration; Histogram::BUCKETS - 1] = bounds();

const fn bounds() -> [Duration; Histogram::BUCKETS - 1] {
    let mut bounds = [Duration::ZERO; Histogram::BUCKETS - 1];
    let (mut number, mut nanoseconds) = (0, 500_000);
    while number < bounds.len() {
        bounds[number] = Duration::from_nanos(nanoseconds);
        nanoseconds += nanoseconds / 4;
        number += 1;
    }
    bounds
}

/// So many requests, by how long they took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Histogram {
    counts: [u64; Self::BUCKETS],
}

impl Histogram {
    /// How many buckets there are: one up to each bound, and one for what took longer than all of them.
    pub const BUCKETS: usize = 55;

    /// A histogram with these counts, the fastest bucket first; none if that is another number of buckets.
    pub fn from_counts(counts: &[u64]) -> Option<Self> {
        let counts = counts.try_into().ok()?;
        Some(Self { counts })
    }

    /// One request.
    pub fn of(took: Duration) -> Self {
        let bucket = BOUNDS.partition_point(|bound| *bound < took);
        let mut one = Self::default();
        one.counts[bucket] = 1;
        one
    }

    /// How many requests are in each bucket, the fastest first.
    pub const fn counts(&self) -> &[u64; Self::BUCKETS] {
        &self.counts
    }

    /// How many requests there are.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Within which time `percent` of the requests were answered (1 to 100); none where there are no
    /// requests.
    ///
    /// It is the bound of a bucket: never less than the time that was measured, and at most a quarter
    /// more. Below half a millisecond it is half a millisecond, and whatever took longer than the last
    /// bound, 68 seconds, is said to have taken that.
    pub fn percentile(&self, percent: u8) -> Option<Duration> {
        let total = u128::from(self.total());
        let rank = (total * u128::from(percent)).div_ceil(100);
        let mut met = 0;
        let within = |count: &u64| {
            met += u128::from(*count);
            met >= rank
        };
        let bucket = self.counts.iter().position(within);
        let bucket = bucket.filter(|_| total > 0)?;
        Some(BOUNDS[bucket.min(BOUNDS.len() - 1)])
    }
}

impl Default for Histogram {
    /// No request.
    fn default() -> Self {
        Self {
            counts: [0; Self::BUCKETS],
        }
    }
}

impl AddAssign for Histogram {
    fn add_assign(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn milliseconds(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn the_buckets_reach_from_half_a_millisecond_to_more_than_a_minute() {
        assert_eq!(BOUNDS[0], Duration::from_micros(500));
        let last = BOUNDS[BOUNDS.len() - 1];
        assert_eq!(last.as_secs(), 68);
        for pair in BOUNDS.windows(2) {
            let factor = pair[1].as_secs_f64() / pair[0].as_secs_f64();
            assert!((factor - 1.25).abs() < 0.001, "{factor}");
        }
    }

    #[test]
    fn what_took_as_long_as_a_bound_is_within_it() {
        for bound in BOUNDS {
            assert_eq!(Histogram::of(bound).percentile(100), Some(bound));
        }
        let longer = Histogram::of(Duration::MAX);
        assert_eq!(longer.counts()[Histogram::BUCKETS - 1], 1);
        assert_eq!(longer.percentile(50), Some(BOUNDS[BOUNDS.len() - 1]));
    }

    #[test]
    fn of_no_requests_there_is_no_percentile() {
        assert_eq!(Histogram::default().percentile(95), None);
    }

    #[test]
    fn a_percentile_is_met_by_so_many_requests_and_no_fewer() {
        let mut hundred = Histogram::default();
        for _ in 0..95 {
            hundred += Histogram::of(milliseconds(1));
        }
        for _ in 0..5 {
            hundred += Histogram::of(milliseconds(1000));
        }
        let [p95, p96] = [95, 96].map(|percent| hundred.percentile(percent));
        assert!(p95 < Some(milliseconds(2)), "{p95:?}");
        assert!(p96 > Some(milliseconds(999)), "{p96:?}");
    }

    #[test]
    fn stored_counts_are_those_of_all_buckets() {
        let stored = Histogram::of(milliseconds(7));
        assert_eq!(Histogram::from_counts(stored.counts()), Some(stored));
        assert_eq!(Histogram::from_counts(&[1, 2, 3]), None);
    }

    proptest! {
        /// Whatever was measured, the figure is not below it, and at most a quarter above.
        #[test]
        fn a_percentile_is_exact_to_a_quarter(
            mut took in prop::collection::vec(500_u64..68_000_000, 1..200),
            percent in 1_u8..=100,
        ) {
            let mut all = Histogram::default();
            for micros in &took {
                all += Histogram::of(Duration::from_micros(*micros));
            }
            took.sort_unstable();
            let rank = (took.len() * usize::from(percent)).div_ceil(100);
            let exact = Duration::from_micros(took[rank - 1]);
            let read = all.percentile(percent).expect("there are requests");
            prop_assert!(read >= exact, "{read:?} is below {exact:?}");
            prop_assert!(read.as_secs_f64() <= exact.as_secs_f64() * 1.2501, "{read:?} {exact:?}");
        }
    }
}
