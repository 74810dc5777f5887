//! Which way leads to a page.
//!
//! A page is cheap where few rows come before it, from either end of the list. How many come behind it
//! is known when the total is. And a search has two ways: the index over parts of words finds all of its
//! rows, wherever they are, and costs by their number; to read the list in its order and to look at each
//! row costs by how seldom one matches. What many rows match is therefore looked for in order, and given
//! up after [`WALKED`] rows, because they may all be at the far end; the rest is looked up.

use diesel::QueryResult;
use org_kernel::page::PageRequest;

use super::bounds;
use crate::error::corrupt;

/// How many rows of a list are looked at for a page of a search, at the most.
pub(super) const WALKED: i64 = 20_000;

/// From how many matching rows on it is tried to find a page by looking at rows in order.
const MANY: u64 = 5_000;

/// How far from an end of the list such a page may be, in matching rows.
const NEAR: i64 = 500;

/// From how many rows before a page on it is worth to find its ids in the index, and then its rows.
const DEEP: i64 = 500;

/// Where a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Counted from the last item of the list backwards.
    pub(super) from_end: bool,
    /// How many items come before it.
    pub(super) skip: i64,
    /// How many items it has, at the most.
    pub(super) take: i64,
    /// Whether it is all that is at an end of the list, as far as a page of the usual length goes.
    pub(super) is_usual: bool,
}

/// How a statement finds a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// All rows that are not searched for are counted, and those of the page read in order.
    Counting,
    /// The rows of the page are read in order, and nothing is counted.
    InOrder,
    /// All rows that match a search are found, counted and put in order.
    Finding,
    /// Rows are looked at in order until the page is full.
    Walking,
}

impl Place {
    /// From the nearer end, if the total is known.
    pub(super) fn of(request: PageRequest, total: Option<u64>) -> QueryResult<Self> {
        let (limit, offset) = bounds(request)?;
        let is_usual = request.limit() == PageRequest::USUAL_LIMIT;
        let Some(total) = total else {
            return Ok(Self {
                from_end: false,
                skip: offset,
                take: limit,
                is_usual: is_usual && offset == 0,
            });
        };
        let left = i64::try_from(total)
            .map_err(corrupt)?
            .saturating_sub(offset);
        let take = left.clamp(0, limit);
        let behind = (left - take).max(0);
        let from_end = behind < offset;
        let skip = if from_end { behind } else { offset };
        // A first page that is not full ends with the list; a last one begins within it.
        let is_whole = skip == 0 && (!from_end || take == limit);
        Ok(Self {
            from_end,
            skip,
            take,
            is_usual: is_usual && is_whole,
        })
    }

    /// Whether ids are to be read before rows.
    pub(super) const fn is_deep(self) -> bool {
        self.skip >= DEEP
    }

    /// The way there when the total is known; `None` where counting costs nothing more.
    pub(super) const fn way(self, total: u64, searching: bool) -> Option<Way> {
        let near = self.skip + self.take <= NEAR;
        match (searching, can_be_used(total, searching) && near) {
            (false, _) => Some(Way::InOrder),
            (true, true) => Some(Way::Walking),
            (true, false) => None,
        }
    }
}

/// Whether there is a page of a list to which its total shows the way.
pub(super) const fn can_be_used(total: u64, searching: bool) -> bool {
    !searching || total > MANY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(page: u32, total: Option<u64>) -> Place {
        let request = PageRequest::new(page, 50).expect("a page");
        Place::of(request, total).expect("it can be counted")
    }

    fn reached(place: Place) -> (bool, i64, i64) {
        (place.from_end, place.skip, place.take)
    }

    #[test]
    fn a_page_is_reached_from_the_nearer_end() {
        assert_eq!(reached(place(3, None)), (false, 100, 50));
        assert_eq!(reached(place(1, Some(1_001))), (false, 0, 50));
        assert_eq!(reached(place(10, Some(1_001))), (false, 450, 50));
        assert_eq!(reached(place(20, Some(1_001))), (true, 1, 50));
        assert_eq!(reached(place(21, Some(1_001))), (true, 0, 1));
    }

    #[test]
    fn a_page_behind_the_end_has_no_items() {
        assert_eq!(reached(place(22, Some(1_001))), (true, 0, 0));
        assert_eq!(reached(place(u32::MAX, Some(1_001))), (true, 0, 0));
        assert_eq!(reached(place(1, Some(0))), (false, 0, 0));
    }

    #[test]
    fn a_page_at_an_end_is_of_the_usual_length() {
        for (number, total) in [(1, None), (1, Some(1_001)), (1, Some(8)), (20, Some(1_000))] {
            assert!(place(number, total).is_usual, "{number} of {total:?}");
        }
        for (number, total) in [(2, None), (2, Some(1_001)), (21, Some(1_001))] {
            assert!(!place(number, total).is_usual, "{number} of {total:?}");
        }
        let ten = PageRequest::new(1, 10).expect("ten");
        let ten = Place::of(ten, Some(1_001)).expect("it can be counted");
        assert!(!ten.is_usual);
    }

    #[test]
    fn only_what_many_rows_match_is_looked_for_in_order() {
        let first = place(1, Some(5_000));
        assert_eq!(first.way(5_000, true), None);
        assert_eq!(first.way(5_001, true), Some(Way::Walking));
        assert_eq!(first.way(5_000, false), Some(Way::InOrder));
        let far = place(50, Some(5_001));
        assert_eq!(far.way(5_001, true), None);
        assert_eq!(far.way(5_001, false), Some(Way::InOrder));
    }
}
