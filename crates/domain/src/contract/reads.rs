//! Promises about what is read.

use std::fmt::Debug;

use org_kernel::id::{OrgId, ProductionId};
use org_kernel::page::PageRequest;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::Subject;
use super::queries::{Questions, questions, service};
use super::rows::{file, file_and_changes};
use super::worlds::{Twins, each};
use crate::instruments::InstrumentQuery;
use crate::library::Library;
use crate::memory::InMemory;
use crate::productions::ProductionQuery;
use crate::query::{Lists, Query};
use crate::reports::ReportQuery;
use crate::resources::ResourceQuery;
use crate::tours::TourQuery;

type Verdict = Result<(), TestCaseError>;

/// Each list has the items that its query matches, in the query's order, page by page; also after what
/// it was asked for before has changed.
pub fn lists_are_what_the_queries_say<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let worlds = (file_and_changes(), questions()).boxed();
    each(&worlds, |number, ((rows, changes), questions)| {
        let twins = Twins::new(&subject, number);
        twins.import(&rows)?;
        lists_agree(&twins, &questions, questions.pages[0])?;
        twins.import(&changes)?;
        questions
            .pages
            .iter()
            .try_for_each(|page| lists_agree(&twins, &questions, *page))
    });
}

/// A production's detail has its services in order, and its programme as it was imported.
pub fn details_are_what_was_imported<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    each(&file_and_changes(), |number, (rows, changes)| {
        let twins = Twins::new(&subject, number);
        twins.import(&rows)?;
        twins.import(&changes)?;
        for id in production_ids(twins.measure.as_ref(), twins.org) {
            let detail = twins.library.production(twins.org, id);
            let expected = twins.measure.production(twins.org, id);
            prop_assert_eq!(answered(detail)?, answered(expected)?);
        }
        Ok(())
    });
}

/// An organization sees its own data, and none of another that uses the same external ids.
pub fn nothing_of_another_organization_is_seen<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let worlds = (file(), file(), questions()).boxed();
    each(&worlds, |number, (ours, theirs, questions)| {
        let (us, them) = (
            Twins::new(&subject, 2 * number),
            Twins::new(&subject, 2 * number + 1),
        );
        us.import(&ours)?;
        them.import(&theirs)?;
        for twins in [&us, &them] {
            lists_agree(twins, &questions, questions.pages[0])?;
        }
        for id in production_ids(them.library.as_ref(), them.org) {
            prop_assert_eq!(answered(us.library.production(us.org, id))?, None);
        }
        Ok(())
    });
}

fn lists_agree(twins: &Twins, questions: &Questions, page: PageRequest) -> Verdict {
    let productions = production_ids(twins.measure.as_ref(), twins.org);
    let asked = questions.services.iter();
    let services: Vec<_> = asked.map(|asked| service(*asked, &productions)).collect();
    agree(twins, &questions.productions, page)?;
    agree(twins, &services, page)?;
    agree(twins, &questions.works, page)?;
    agree(twins, &questions.members, page)?;
    agree(twins, &questions.performances, page)?;
    agree(twins, &[ResourceQuery], page)?;
    agree(twins, &[InstrumentQuery], page)?;
    agree(twins, &[TourQuery], page)?;
    agree(twins, &[ReportQuery], page)
}

fn agree<Q>(twins: &Twins, queries: &[Q], page: PageRequest) -> Verdict
where
    Q: Query<Item: Debug + PartialEq> + Debug,
    dyn Library: Lists<Q>,
    InMemory: Lists<Q>,
{
    // A store may remember what it was asked, so everything is asked twice.
    for query in queries.iter().flat_map(|query| [query, query]) {
        let expected = twins.measure.list(twins.org, query, page);
        let given = twins.library.list(twins.org, query, page);
        prop_assert_eq!(
            answered(given)?,
            answered(expected)?,
            "{:?}, {:?}",
            query,
            page
        );
    }
    Ok(())
}

fn production_ids(library: &dyn Library, org: OrgId) -> Vec<ProductionId> {
    let page = PageRequest::new(1, PageRequest::MAX_LIMIT).expect("a page");
    let all = library.list(org, &ProductionQuery::default(), page);
    let all = all.expect("a list of productions").items.into_iter();
    all.map(|production| production.id).collect()
}

fn answered<T>(answer: Result<T, org_kernel::StoreError>) -> Result<T, TestCaseError> {
    answer.map_err(|error| TestCaseError::fail(format!("{error:?}")))
}
