//! `GET /works`.

mod work;

use org_auth::scope::ReadOperations;
use org_domain::repertoire::WorkQuery;

pub(crate) use work::Work;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listWorks",
    tag: tags::REPERTOIRE,
    summary: "List works",
    description: "The repertoire, by composer, title, then id, with how often each work stands in \
        the performance history.",
};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<WorkQuery>>,
) -> Result<Answer<List<Work>>, Failure> {
    call.list().await
}

const WORDS: &str = "Only works with these words in title, nickname, composer or catalogue.";
const COMPOSER: &str = "Only works with these words in the composer's name.";

impl Filters for WorkQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        Self {
            words: arguments.filter("q", WORDS),
            composer: arguments.filter("composer", COMPOSER),
        }
    }
}
