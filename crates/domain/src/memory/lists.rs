//! Lists, answered by the queries themselves.

use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::InMemory;
use super::holdings::listed;
use crate::history::PerformanceQuery;
use crate::instruments::InstrumentQuery;
use crate::productions::ProductionQuery;
use crate::query::{Lists, Query};
use crate::repertoire::{WorkEntry, WorkQuery};
use crate::reports::ReportQuery;
use crate::resources::ResourceQuery;
use crate::roster::MemberQuery;
use crate::services::ServiceQuery;
use crate::tours::TourQuery;

/// The page of those of `items` that match, in the query's order.
fn page_of<Q: Query>(
    query: &Q,
    items: impl Iterator<Item = Q::Item>,
    request: PageRequest,
) -> Page<Q::Item> {
    let mut matching: Vec<_> = items.filter(|item| query.matches(item)).collect();
    matching.sort_by(Q::order);
    let total = matching.len() as u64;
    let offset = usize::try_from(request.offset()).unwrap_or(usize::MAX);
    let limit = usize::try_from(request.limit()).unwrap_or(usize::MAX);
    Page {
        items: matching.into_iter().skip(offset).take(limit).collect(),
        request,
        total,
    }
}

macro_rules! lists {
    ($($query:ty, $holdings:ident => $items:expr;)+) => {
        $(impl Lists<$query> for InMemory {
            fn list(
                &self,
                org: OrgId,
                query: &$query,
                page: PageRequest,
            ) -> Result<Page<<$query as Query>::Item>, StoreError> {
                let $holdings = self.holdings(org);
                Ok(page_of(query, $items, page))
            }
        })+
    };
}

lists! {
    ProductionQuery, held => held.productions.records().map(listed);
    ServiceQuery, held => held.services.records().cloned();
    WorkQuery, held => {
        let figures = held.figures();
        held.works.records().map(move |work| WorkEntry {
            work: work.clone(),
            figures: figures.get(&work.id).copied().unwrap_or_default(),
        })
    };
    MemberQuery, held => held.members.records().map(|file| file.map(|file| file.member.clone()));
    ResourceQuery, held => held.resources.records().cloned();
    InstrumentQuery, held => held
        .instruments
        .records()
        .map(|file| file.map(|file| file.instrument.clone()));
    TourQuery, held => held.tours.records().cloned();
    ReportQuery, held => held.reports.records().cloned();
    PerformanceQuery, held => held.performances.records().cloned();
}
