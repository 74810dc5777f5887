//! `GET /performance-history`.

mod performance;

use org_auth::scope::ReadOperations;
use org_domain::history::PerformanceQuery;

pub(crate) use performance::Performance;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<PerformanceQuery>>,
) -> Result<Answer<List<Performance>>, Failure> {
    call.list().await
}

impl Filters for PerformanceQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        let words = arguments.filter("search", "Only performances with these words in work, composer, conductor, soloist or venue, without regard to case or accents.");
        let composer = arguments.filter(
            "composer",
            "Only works with these words in the composer's name.",
        );
        let conductor = arguments.filter(
            "conductor",
            "Only performances with these words in the conductor's name.",
        );
        let from = arguments.filter("from", "Only performances on this day or later.");
        let to = arguments.filter("to", "Only performances on this day or earlier.");
        arguments.in_order(from.zip(to).is_some_and(|(from, to)| from > to));
        Self {
            words,
            composer,
            conductor,
            from,
            to,
        }
    }
}
