//! What every list is asked: a question, and a page of its answer.

use org_domain::query::Query;
use org_kernel::field::{FromText, Invalid};
use org_kernel::page::PageRequest;
use utoipa::openapi::{RefOr, Schema};

use super::{Arguments, Described, Input};
use crate::schemas::{self, Schemas};

/// A query that reads its filters from the parameters of a request.
pub(crate) trait Filters: Query + Sized + 'static {
    /// Asks for every filter, whatever was wrong with those before it.
    fn read(arguments: &mut Arguments<'_>) -> Self;
}

/// A query and a page.
#[derive(Debug)]
pub(crate) struct Listing<Q> {
    pub(crate) query: Q,
    pub(crate) page: PageRequest,
}

impl<Q: Filters> Input for Listing<Q> {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        let query = Q::read(arguments);
        let page = page(arguments)?;
        Some(Self { query, page })
    }
}

/// Reads `page` and `limit`.
pub(crate) fn page(arguments: &mut Arguments<'_>) -> Option<PageRequest> {
    let page = arguments.filter("page", "Which page, from 1; one past the end has no items.");
    let limit = arguments.filter("limit", "How many items a page has at the most.");
    let usual = PageRequest::default();
    let PageNumber(page) = page.unwrap_or(PageNumber(usual.page()));
    let PageLimit(limit) = limit.unwrap_or(PageLimit(usual.limit()));
    PageRequest::new(page, limit)
}

struct PageNumber(u32);

struct PageLimit(u32);

impl FromText for PageNumber {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        whole_number(text, u32::MAX).map(Self)
    }
}

impl Described for PageNumber {
    fn schema(_: &mut Schemas) -> RefOr<Schema> {
        schemas::whole_number(1, u32::MAX, PageRequest::default().page())
    }
}

impl FromText for PageLimit {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        whole_number(text, PageRequest::MAX_LIMIT).map(Self)
    }
}

impl Described for PageLimit {
    fn schema(_: &mut Schemas) -> RefOr<Schema> {
        schemas::whole_number(1, PageRequest::MAX_LIMIT, PageRequest::default().limit())
    }
}

/// Reads a number from 1 to `max`. Digits alone: no sign, no exponent.
pub(crate) fn whole_number(text: &str, max: u32) -> Result<u32, Invalid> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten();
    let number = number.filter(|number| (1..=max).contains(number));
    number.ok_or_else(|| Invalid::new(format!("must be a whole number from 1 to {max}")))
}
