//! Pages of a list.

/// Which page of a list, and how long its pages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    page: u32,
    limit: u32,
}

impl PageRequest {
    /// The largest number of items on one page.
    pub const MAX_LIMIT: u32 = 100;

    /// How many items a page has unless something else is asked for.
    pub const USUAL_LIMIT: u32 = 50;

    /// `None` unless `page` is at least 1 and `limit` is 1 to 100.
    pub fn new(page: u32, limit: u32) -> Option<Self> {
        (page >= 1 && (1..=Self::MAX_LIMIT).contains(&limit)).then_some(Self { page, limit })
    }

    /// The number of the page, from 1.
    pub const fn page(self) -> u32 {
        self.page
    }

    /// How many items a page has at the most.
    pub const fn limit(self) -> u32 {
        self.limit
    }

    /// How many items come before this page.
    pub fn offset(self) -> u64 {
        u64::from(self.page - 1) * u64::from(self.limit)
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            page: 1,
            limit: Self::USUAL_LIMIT,
        }
    }
}

/// One page of a list, and how long the whole list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items of this page, in the list's order.
    pub items: Vec<T>,
    /// What was asked for.
    pub request: PageRequest,
    /// The number of items in the whole list.
    pub total: u64,
}

impl<T> Page<T> {
    /// A page of an empty list.
    pub const fn empty(request: PageRequest) -> Self {
        Self {
            items: Vec::new(),
            request,
            total: 0,
        }
    }

    /// `ceil(total / limit)`, so 0 for an empty list.
    pub fn total_pages(&self) -> u64 {
        self.total.div_ceil(u64::from(self.request.limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_limits_have_their_bounds() {
        assert!(PageRequest::new(1, 1).is_some());
        assert!(PageRequest::new(u32::MAX, 100).is_some());
        assert!(PageRequest::new(0, 50).is_none());
        assert!(PageRequest::new(1, 0).is_none());
        assert!(PageRequest::new(1, 101).is_none());
    }

    #[test]
    fn the_last_page_may_be_short() {
        let of = |total| Page::<()> {
            items: vec![],
            request: PageRequest::default(),
            total,
        };
        assert_eq!(of(0).total_pages(), 0);
        assert_eq!(of(50).total_pages(), 1);
        assert_eq!(of(51).total_pages(), 2);
    }
}
