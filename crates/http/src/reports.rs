//! `GET /reports`.

mod report;

use org_auth::scope::ReadOperations;
use org_domain::reports::ReportQuery;

pub(crate) use report::Report;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};

pub(crate) async fn list(
    call: Call<ReadOperations, Listing<ReportQuery>>,
) -> Result<Answer<List<Report>>, Failure> {
    call.list().await
}

impl Filters for ReportQuery {
    fn read(_: &mut Arguments<'_>) -> Self {
        Self
    }
}
