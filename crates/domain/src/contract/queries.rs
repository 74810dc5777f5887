//! Queries and pages, at random.

use org_kernel::field::FromText;
use org_kernel::id::ProductionId;
use org_kernel::page::PageRequest;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::rows::{DAYS, INSTANTS};
use super::texts::words;
use crate::history::PerformanceQuery;
use crate::productions::{ProductionQuery, ProductionStatus};
use crate::repertoire::WorkQuery;
use crate::roster::MemberQuery;
use crate::services::{ServiceQuery, Window};

/// How many queries of a kind one world is asked.
const EACH: usize = 12;

/// What one world is asked. A service query's production is a place among those that there are.
#[derive(Debug)]
pub(super) struct Questions {
    pub(super) productions: Vec<ProductionQuery>,
    pub(super) services: Vec<(Option<usize>, Window)>,
    pub(super) works: Vec<WorkQuery>,
    pub(super) members: Vec<MemberQuery>,
    pub(super) performances: Vec<PerformanceQuery>,
    pub(super) pages: Vec<PageRequest>,
}

pub(super) fn questions() -> BoxedStrategy<Questions> {
    let asked = (
        vec(production(), EACH),
        vec((of(0..9_usize), window()), EACH),
        vec(work(), EACH),
        vec(of(words()).prop_map(|words| MemberQuery { words }), EACH),
        vec(performance(), EACH),
        vec(page(), 2),
    );
    let questions = asked.prop_map(
        |(productions, services, works, members, performances, pages)| Questions {
            productions,
            services,
            works,
            members,
            performances,
            pages,
        },
    );
    questions.boxed()
}

/// The query for a place among `productions`; behind the last one, for one that there is not.
pub(super) fn service(
    (place, window): (Option<usize>, Window),
    productions: &[ProductionId],
) -> ServiceQuery {
    let unknown = ProductionId::new(uuid::Uuid::max());
    let production = place.map(|place| productions.get(place).copied().unwrap_or(unknown));
    ServiceQuery { production, window }
}

fn page() -> impl Strategy<Value = PageRequest> {
    let small = (1_u32..5, 1_u32..8);
    let usual = select(vec![
        (1, PageRequest::USUAL_LIMIT),
        (2, PageRequest::USUAL_LIMIT),
    ]);
    let large = select(vec![(1, 100), (u32::MAX, 100)]);
    let request = prop_oneof![8 => small, 1 => usual, 2 => large];
    request.prop_filter_map("no page", |(page, limit)| PageRequest::new(page, limit))
}

fn production() -> impl Strategy<Value = ProductionQuery> {
    let status = of(select(ProductionStatus::ALL));
    (status, of(words())).prop_map(|(status, words)| ProductionQuery { status, words })
}

fn work() -> impl Strategy<Value = WorkQuery> {
    (of(words()), of(words())).prop_map(|(words, composer)| WorkQuery { words, composer })
}

/// Windows between the instants of services, open, empty, and of a millisecond.
fn window() -> impl Strategy<Value = Window> {
    let edges = (of(select(INSTANTS)), of(select(INSTANTS)));
    edges.prop_filter_map("inverted", |(start, end)| {
        Window::new(start.map(value_of), end.map(value_of))
    })
}

fn performance() -> impl Strategy<Value = PerformanceQuery> {
    let texts = (of(words()), weighted(), weighted());
    let days = (of(select(DAYS)), of(select(DAYS)));
    (texts, days).prop_map(
        |((words, composer, conductor), (from, to))| PerformanceQuery {
            words,
            composer,
            conductor,
            from: from.map(value_of),
            to: to.map(value_of),
        },
    )
}

/// Words, seldom: a query of many conditions finds nothing, and so tells nothing.
fn weighted() -> impl Strategy<Value = Option<crate::query::Words>> {
    proptest::option::weighted(0.3, words())
}

fn value_of<T: FromText>(text: &str) -> T {
    T::from_text(text).expect("a value that can be read")
}
