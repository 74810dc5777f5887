//! What a request costs where there is much, beside what it costs where there is little.
//!
//! One client asks one thing after the other, so that what is measured is how long an answer takes, and not
//! how many are made at once. What is compared is asked for in turn.

use std::time::Duration;

use crate::ids::{self, LARGE, SMALL};
use crate::measured::percentile;
use crate::median::median;
use crate::process::Process;
use crate::requests::get;
use crate::servers::ours;
use crate::stage::{Ground, Stage};
use crate::verdicts::Verdicts;
use crate::wire::{Asking, ask};
use crate::words::Frequency;

/// How often what is compared is asked for in turn.
const ROUNDS: usize = 41;

/// How often in a round: rounds are short, so that what else the machine does disturbs both alike.
const TIMES: usize = 25;

/// How often a term is searched for: more often than every connection needs to settle on a plan.
const SEARCHES: usize = 200;

/// How long a round may take.
const PATIENCE: Duration = Duration::from_mins(10);

pub(crate) fn measure(stage: &Stage, ground: &Ground, verdicts: &mut Verdicts) {
    let server = ours(&ground.url, &stage.folder().join("sizes.log"));
    let large = Where::of(&server, ground, LARGE);
    let small = Where::of(&server, ground, SMALL);
    println!("\ncost by size: medians of {ROUNDS} rounds of {TIMES} requests, in milliseconds");
    words(&large, verdicts);
    let pages = [
        ("first page", "/performance-history".to_owned()),
        (
            "page of a year",
            "/performance-history?from=1950-01-01&to=1950-12-31".to_owned(),
        ),
        ("page of a composer", composer("")),
        (
            "page of a composer's decade",
            composer("&from=1950-01-01&to=1959-12-31"),
        ),
    ];
    for (name, path) in &pages {
        let ratio = compared(name, (&small, path), (&large, path));
        verdicts.at_most(&format!("{name}, of 1,000,000 ÷ of 1,000"), ratio, 2.0);
    }
    let (first, last) = (
        "/performance-history?page=1",
        "/performance-history?page=20000",
    );
    let ratio = compared(
        "last page, beside the first",
        (&large, first),
        (&large, last),
    );
    verdicts.at_most("last page ÷ first page, of 1,000,000", ratio, 3.0);
    short_terms(&small, verdicts);
    drop(server);
    neighbours(stage, ground, verdicts);
}

fn composer(more: &str) -> String {
    format!(
        "/performance-history?composer={}{more}",
        Frequency::Tenth.word(3)
    )
}

/// An organization on a server.
struct Where<'a> {
    server: &'a Process,
    slug: String,
    key: &'a str,
}

impl<'a> Where<'a> {
    fn of(server: &'a Process, ground: &'a Ground, org: u16) -> Self {
        Self {
            server,
            slug: ids::slug(org),
            key: &ground.keys[&org],
        }
    }

    /// How long each answer took, the shortest first.
    fn ask(&self, paths: impl Iterator<Item = String>) -> Vec<u32> {
        let request = |path: String| {
            let mut request = Vec::new();
            get(&mut request, &self.slug, &path, self.key);
            request
        };
        let requests: Vec<_> = paths.map(request).collect();
        let answers = ask(
            &self.server.address,
            1,
            PATIENCE,
            Listed(requests.into_iter()),
        );
        assert!(answers.wrong.is_empty(), "{}", answers.wrong.join("\n\n"));
        let mut took = answers.took;
        took.sort_unstable();
        took
    }

    fn median_of(&self, path: &str) -> f64 {
        percentile(&self.ask((0..TIMES).map(|_| path.to_owned())), 50)
    }
}

/// Requests that are ready.
struct Listed(std::vec::IntoIter<Vec<u8>>);

impl Asking for Listed {
    fn next(&mut self, request: &mut Vec<u8>) -> Option<&'static [u16]> {
        request.extend_from_slice(&self.0.next()?);
        Some(&[200])
    }
}

/// Prints how long both take, and answers the median of what the second is to the first.
fn compared(name: &str, little: (&Where<'_>, &str), much: (&Where<'_>, &str)) -> f64 {
    let [little_once, much_once] = [little, much].map(|(at, path)| at.median_of(path));
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        let of = |(at, path): (&Where<'_>, &str)| at.median_of(path);
        // Neither is always the one that comes second.
        rounds.push(if round % 2 == 0 {
            let little = of(little);
            [little, of(much)]
        } else {
            let much = of(much);
            [of(little), much]
        });
    }
    let of = |figure: fn(&[f64; 2]) -> f64| median(rounds.iter().map(figure).collect());
    let ratio = of(|[little, much]| much / little);
    let ratios = rounds.iter().map(|[little, much]| much / little);
    let least = ratios.clone().fold(f64::INFINITY, f64::min);
    let most = ratios.fold(0.0, f64::max);
    println!(
        "  {name}: {:.2} and {:.2}, {ratio:.2} times (from {least:.2} to {most:.2}; in the first round \
         {little_once:.2} and {much_once:.2})",
        of(|[little, _]| *little),
        of(|[_, much]| *much),
    );
    ratio
}

/// Words that were never searched for before, and then again.
fn words(large: &Where<'_>, verdicts: &mut Verdicts) {
    for frequency in Frequency::ALL {
        let paths = || {
            let words = 0..frequency.words().min(200);
            words.map(move |number| {
                // Some way apart, so that they are not neighbours in the table.
                let word = frequency.word(number * 499);
                format!("/performance-history?search={word}")
            })
        };
        let [first, again] = [(); 2].map(|()| large.ask(paths()));
        let [first_p50, again_p50] = [&first, &again].map(|took| percentile(took, 50));
        let rows = 1_000_000 / frequency.words();
        println!(
            "  search for a word of {rows} rows among 1,000,000: {first_p50:.2} (p99 {:.2}), again {again_p50:.2}",
            percentile(&first, 99)
        );
        let what = format!("search for one word of {rows} rows among 1,000,000, p50 ms");
        verdicts.at_most(&what, first_p50, 50.0);
    }
}

/// One, two and three characters, in few rows beside many foreign ones.
fn short_terms(small: &Where<'_>, verdicts: &mut Verdicts) {
    for term in ["a", "r", "n", "an", "ar", "nt", "ant", "bar", "ida"] {
        let path = format!("/performance-history?search={term}");
        let took = small.ask((0..SEARCHES).map(|_| path.clone()));
        let [p50, p99] = [50, 99].map(|percent| percentile(&took, percent));
        println!(
            "  search for {term:?} among 1,000 rows beside 1,000,000 foreign ones: {p50:.2} (p99 {p99:.2})"
        );
        let what = format!("search for {term:?} beside 1,000,000 foreign rows, p99 ms");
        verdicts.at_most(&what, p99, 20.0);
    }
}

/// The same organization alone, and among 199 others and a large one.
fn neighbours(stage: &Stage, ground: &Ground, verdicts: &mut Verdicts) {
    let alone = stage.alone();
    let [few, many] = [(&alone, "alone.log"), (ground, "among.log")].map(|(ground, log)| {
        let server = ours(&ground.url, &stage.folder().join(log));
        (server, ground)
    });
    let [few, many] = [&few, &many].map(|(server, ground)| Where::of(server, ground, 1));
    let production = format!("/productions/{}", ids::production(1, 250));
    let pages = [
        ("production", production.as_str()),
        ("page of 50 productions", "/productions"),
        ("page of a status", "/productions?status=CONFIRMED"),
    ];
    for (name, path) in pages {
        let name = format!("{name}, alone and among 200 others");
        let ratio = compared(&name, (&few, path), (&many, path));
        verdicts.at_most(&name, ratio, 1.1);
    }
}
