//! The list of productions.

use org_auth::scope::ReadOperations;
use org_domain::productions::ProductionQuery;

use super::Production;
use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<ProductionQuery>>,
) -> Result<Answer<List<Production>>, Failure> {
    call.list().await
}

impl Filters for ProductionQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        Self {
            status: arguments.filter("status", "Only productions with this status."),
            words: arguments.filter("q", "Only productions with these words in title, subtitle, code, series or conductor, without regard to case or accents."),
        }
    }
}
