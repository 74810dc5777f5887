//! The list of productions.

use org_auth::scope::ReadOperations;
use org_domain::productions::ProductionQuery;

use super::Production;
use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listProductions",
    tag: tags::PROGRAMME,
    summary: "List productions",
    description: "The latest start first, then by id.",
};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<ProductionQuery>>,
) -> Result<Answer<List<Production>>, Failure> {
    call.list().await
}

const STATUS: &str = "Only productions with this status.";
const WORDS: &str =
    "Only productions with these words in title, subtitle, code, series or conductor.";

impl Filters for ProductionQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        Self {
            status: arguments.filter("status", STATUS),
            words: arguments.filter("q", WORDS),
        }
    }
}
