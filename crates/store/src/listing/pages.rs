//! A page of a collection that may be long, with its total.

use diesel::PgConnection;
use diesel::QueryResult;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};
use uuid::Uuid;

use super::totals::{Counted, Known, Totals};
use super::way::{self, Place, Way};
use crate::columns::{Row, items};
use crate::error::corrupt;

/// A row as a statement gives it: of the page, or none, beside the version and the total.
pub(crate) type Given<R> = (Option<R>, Option<Uuid>, Option<i64>);

/// What a statement answered.
struct Answer<R> {
    rows: Vec<R>,
    version: Uuid,
    total: Option<u64>,
}

impl<R> Answer<R> {
    /// A collection that never had a row has no version.
    fn of(given: Vec<Given<R>>) -> QueryResult<Self> {
        let (_, version, total) = given
            .first()
            .ok_or_else(|| corrupt("a page without a row"))?;
        let version = version.unwrap_or_default();
        let total = total.map(u64::try_from).transpose().map_err(corrupt)?;
        Ok(Self {
            rows: given.into_iter().filter_map(|(row, ..)| row).collect(),
            version,
            total,
        })
    }
}

/// The page of a collection that has versions; `run` runs one statement.
///
/// What is remembered of the total shows a shorter way. If the statement then finds that the collection
/// has changed, or that the way was not the shorter one, the list is counted.
pub(crate) fn remembered<R: Row>(
    conn: &mut PgConnection,
    (totals, org, counted): (&Totals, OrgId, Counted),
    request: PageRequest,
    searching: bool,
    run: impl Fn(&mut PgConnection, Way, Place) -> QueryResult<Vec<Given<R>>>,
) -> QueryResult<Page<R::Item>> {
    let of = (org, counted);
    if let Some(known) = totals.get(&of) {
        let place = Place::of(request, Some(known.total))?;
        if let Some(way) = place.way(known.total, searching) {
            let answer = Answer::of(run(conn, way, place)?)?;
            let found = i64::try_from(answer.rows.len()).map_err(corrupt)?;
            if answer.version == known.version && found == place.take {
                totals.hit();
                return page(request, answer.rows, known.total);
            }
        }
    }
    let (answer, total) = count(conn, request, searching, run)?;
    if way::can_be_used(total, searching) {
        let version = answer.version;
        totals.put(of, Known { version, total });
    } else {
        totals.forget(&of);
    }
    page(request, answer.rows, total)
}

/// The page of a collection whose total is always counted; `run` runs one statement.
pub(crate) fn counted<R: Row>(
    conn: &mut PgConnection,
    request: PageRequest,
    searching: bool,
    run: impl Fn(&mut PgConnection, Way, Place) -> QueryResult<Vec<Given<R>>>,
) -> QueryResult<Page<R::Item>> {
    let (answer, total) = count(conn, request, searching, run)?;
    page(request, answer.rows, total)
}

fn count<R>(
    conn: &mut PgConnection,
    request: PageRequest,
    searching: bool,
    run: impl Fn(&mut PgConnection, Way, Place) -> QueryResult<Vec<Given<R>>>,
) -> QueryResult<(Answer<R>, u64)> {
    let way = if searching {
        Way::Finding
    } else {
        Way::Counting
    };
    let answer = Answer::of(run(conn, way, Place::of(request, None)?)?)?;
    let total = answer
        .total
        .ok_or_else(|| corrupt("a page that was not counted"))?;
    Ok((answer, total))
}

fn page<R: Row>(request: PageRequest, rows: Vec<R>, total: u64) -> QueryResult<Page<R::Item>> {
    Ok(Page {
        items: items(rows)?,
        request,
        total,
    })
}

/// Lists one page of a collection that may be long, within a [`Listed`](super::Listed).
macro_rules! run_page {
    ($listed:expr, $row:ty) => {
        |conn: &mut ::diesel::PgConnection, way, place| {
            let columns =
                <Option<$row> as ::diesel::SelectableHelper<::diesel::pg::Pg>>::as_select();
            $listed
                .statement(columns, way, place)
                .load::<$crate::listing::Given<$row>>(conn)
        }
    };
}

pub(crate) use run_page;
