//! `GET /reports`.

mod report;

use org_auth::scope::ReadOperations;
use org_domain::reports::ReportQuery;

pub(crate) use report::Report;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listReports",
    tag: tags::REPORTS,
    summary: "List reports",
    description: "What is known about reports, and nothing of what is in them; the latest made \
        first, then by id.",
};

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
