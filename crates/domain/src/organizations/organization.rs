//! What is known of an organization.

use org_kernel::field::{FromText, Invalid};
use org_kernel::id::kind;
use org_kernel::text::Line;

use super::{Currency, Locale, Slug, Website};
use crate::contacts::Country;
use crate::record::Facts;
use crate::time_zone::TimeZone;

/// A month's number, 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month(u8);

impl Month {
    /// September, in which most seasons begin.
    pub const SEPTEMBER: Self = Self(9);

    /// `None` unless `number` is 1 to 12.
    pub fn new(number: u8) -> Option<Self> {
        (1..=12).contains(&number).then_some(Self(number))
    }

    /// 1 for January.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl FromText for Month {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let month = text.trim().parse().ok().and_then(Self::new);
        month.ok_or_else(|| Invalid::new("must be a month, 1 to 12"))
    }
}

/// An orchestra, an opera house or a festival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its name in paths.
    pub slug: Slug,
    /// Its name.
    pub name: Line<200>,
    /// Its name in contracts.
    pub legal_name: Option<Line<200>>,
    /// Where its days begin and end.
    pub time_zone: TimeZone,
    /// How it writes numbers and dates: a BCP 47 tag.
    pub locale: Locale,
    /// What it counts money in: an ISO 4217 code.
    pub currency: Currency,
    /// Where it is at home: an ISO 3166-1 alpha-2 code.
    pub country: Option<Country>,
    /// The city.
    pub city: Option<Line<120>>,
    /// Its address on the web.
    pub website: Option<Website>,
    /// The month in which its season begins.
    pub season_start_month: Month,
}

impl Organization {
    /// A new organization: English, in euros, its season beginning in September.
    pub fn new(slug: Slug, name: Line<200>, time_zone: TimeZone) -> Self {
        Self {
            slug,
            name,
            legal_name: None,
            time_zone,
            locale: Locale::english(),
            currency: Currency::euro(),
            country: None,
            city: None,
            website: None,
            season_start_month: Month::SEPTEMBER,
        }
    }
}

impl Facts for Organization {
    type Kind = kind::Org;
}
