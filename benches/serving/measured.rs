//! What a round of load tells, and the medians of several.

use crate::median::median;
use crate::process::Process;
use crate::wire::Answers;

/// One side of one scenario, in one round.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    /// Requests a second.
    pub(crate) rate: f64,
    /// In milliseconds.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    /// The server's processor time for each request, in microseconds.
    pub(crate) cpu: f64,
    /// The bytes of a body.
    pub(crate) bytes: f64,
}

impl Round {
    /// Of answers, all of which were right, and of the processor time that the server took over them.
    pub(crate) fn of(mut answers: Answers, cpu: f64) -> Self {
        assert!(answers.wrong.is_empty(), "{}", answers.wrong.join("\n\n"));
        assert!(!answers.took.is_empty(), "nothing was answered");
        answers.took.sort_unstable();
        let requests = answers.took.len() as f64;
        Self {
            rate: requests / answers.lasted.as_secs_f64(),
            p50: percentile(&answers.took, 50),
            p99: percentile(&answers.took, 99),
            cpu: cpu * 1e6 / requests,
            bytes: answers.bytes as f64 / requests,
        }
    }
}

/// In milliseconds, of sorted microseconds.
pub(crate) fn percentile(sorted: &[u32], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    f64::from(sorted[rank.saturating_sub(1)]) / 1000.0
}

/// The rounds of one side.
#[derive(Debug, Default)]
pub(crate) struct Side(Vec<Round>);

impl Side {
    pub(crate) fn push(&mut self, round: Round) {
        self.0.push(round);
    }

    pub(crate) fn median(&self, of: impl Fn(&Round) -> f64) -> f64 {
        median(self.0.iter().map(of).collect())
    }

    /// The median of what this is to the other in the same round, and the smallest and the largest.
    pub(crate) fn against(&self, other: &Self, of: impl Fn(&Round) -> f64) -> [f64; 3] {
        let ratios = self.0.iter().zip(&other.0);
        let mut ratios: Vec<_> = ratios.map(|(this, other)| of(this) / of(other)).collect();
        ratios.sort_by(f64::total_cmp);
        [ratios[0], median(ratios.clone()), ratios[ratios.len() - 1]]
    }

    /// A line of a table.
    pub(crate) fn row(&self, name: &str, process: &Process) -> String {
        format!(
            "  {name:<6}{:>8.0} {:>8.2} {:>8.2} {:>8.1} {:>8.0} {:>8.0} {:>8.1}",
            self.median(|round| round.rate),
            self.median(|round| round.p50),
            self.median(|round| round.p99),
            self.median(|round| round.p99 / round.p50),
            self.median(|round| round.cpu),
            self.median(|round| round.bytes),
            process.most_memory(),
        )
    }
}

/// What stands above such lines.
pub(crate) const HEADING: &str =
    "              req/s   p50 ms   p99 ms  p99÷p50   CPU µs  bytes   most MB";
