//! `GET /performance-history`.

mod performance;

use org_auth::scope::ReadOperations;
use org_domain::history::PerformanceQuery;

pub(crate) use performance::Performance;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listPerformances",
    tag: tags::REPERTOIRE,
    summary: "List performances",
    description: "One entry for each work and each time that it was played; the latest first, then \
        by id.",
};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<PerformanceQuery>>,
) -> Result<Answer<List<Performance>>, Failure> {
    call.list().await
}

const WORDS: &str =
    "Only performances with these words in work, composer, conductor, soloist or venue.";
const COMPOSER: &str = "Only works with these words in the composer's name.";
const CONDUCTOR: &str = "Only performances with these words in the conductor's name.";
const FROM: &str = "Only performances on this day or later.";
const TO: &str = "Only performances on this day or earlier.";

impl Filters for PerformanceQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        let words = arguments.filter("search", WORDS);
        let composer = arguments.filter("composer", COMPOSER);
        let conductor = arguments.filter("conductor", CONDUCTOR);
        let from = arguments.filter("from", FROM);
        let to = arguments.filter("to", TO);
        arguments.require_order(from.zip(to).is_none_or(|(from, to)| from <= to));
        Self {
            words,
            composer,
            conductor,
            from,
            to,
        }
    }
}
