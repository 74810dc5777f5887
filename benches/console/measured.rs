//! What was measured of one page.

use std::fmt;
use std::time::Instant;

use crate::browser::Browser;
use crate::{HEAVIEST, SLOWEST};

/// How often a page is asked for before it counts.
const WARMING: usize = 20;

pub(crate) struct Measured {
    status: u16,
    /// In milliseconds, the fastest first.
    times: Vec<f64>,
    /// How many bytes the page has.
    page: usize,
    /// The same, with all that it loads.
    in_all: usize,
}

impl Measured {
    /// Asks for a page so often, one time after the other.
    pub(crate) fn of(browser: &Browser, path: &str, rounds: usize) -> Self {
        for _ in 0..WARMING {
            browser.get(path);
        }
        let mut times = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            let began = Instant::now();
            browser.get(path);
            times.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let answer = browser.get(path);
        let page = answer.body.len();
        Self {
            status: answer.status,
            times,
            page,
            in_all: page + browser.assets_of(&answer),
        }
    }

    /// What is wrong with it. A page that has nothing to show sends the reader to another one.
    pub(crate) fn flaws(&self, route: &str) -> Vec<String> {
        let p95 = self.percentile(95);
        let found = [
            (
                !matches!(self.status, 200 | 303),
                format!("{route}: answered {}", self.status),
            ),
            (p95 > SLOWEST, format!("{route}: p95 is {p95:.1} ms")),
            (
                self.in_all > HEAVIEST,
                format!("{route}: weighs {} bytes", self.in_all),
            ),
        ];
        let found = found.into_iter().filter(|(is_so, _)| *is_so);
        found.map(|(_, flaw)| flaw).collect()
    }

    fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.times.len() * percent).div_ceil(100);
        self.times[rank.saturating_sub(1)]
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, p95] = [50, 95].map(|percent| self.percentile(percent));
        let Self {
            status,
            page,
            in_all,
            ..
        } = self;
        write!(
            f,
            "{median:>6.2} ms {p95:>6.2} ms {page:>7} B {in_all:>7} B  {status}"
        )
    }
}
