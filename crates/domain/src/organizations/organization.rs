//! What is known of an organization.

use org_kernel::id::kind;
use org_kernel::text::Line;

use super::Slug;
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
    pub locale: Line<35>,
    /// What it counts money in: an ISO 4217 code.
    pub currency: Line<3>,
    /// Where it is at home: an ISO 3166-1 alpha-2 code.
    pub country: Option<Line<2>>,
    /// The city.
    pub city: Option<Line<120>>,
    /// Its address on the web.
    pub website: Option<Line<2048>>,
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
            locale: Line::stored("en".to_owned()),
            currency: Line::stored("EUR".to_owned()),
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
