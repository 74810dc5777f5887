//! `GET /works`.

mod work;

use org_auth::scope::ReadOperations;
use org_domain::repertoire::WorkQuery;

pub(crate) use work::Work;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<WorkQuery>>,
) -> Result<Answer<List<Work>>, Failure> {
    call.list().await
}

impl Filters for WorkQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        Self {
            words: arguments.filter("q", "Only works with these words in title, nickname, composer or catalogue number, without regard to case or accents."),
            composer: arguments.filter("composer", "Only works with these words in the composer's name, without regard to case or accents."),
        }
    }
}
