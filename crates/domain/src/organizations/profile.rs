//! What an organization says of itself, and may change: all but the slug, by which programs know it.

use org_kernel::text::Line;

use super::{Currency, Locale, Month, Organization, Slug, Website};
use crate::contacts::Country;
use crate::time_zone::TimeZone;

/// The fields of an [`Organization`], as they are to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: Line<200>,
    /// Its name in contracts.
    pub legal_name: Option<Line<200>>,
    /// Where its days begin and end.
    pub time_zone: TimeZone,
    /// How it writes numbers and dates.
    pub locale: Locale,
    /// What it counts money in.
    pub currency: Currency,
    /// Where it is at home.
    pub country: Option<Country>,
    /// The city.
    pub city: Option<Line<120>>,
    /// Its address on the web.
    pub website: Option<Website>,
    /// The month in which its season begins.
    pub season_start_month: Month,
}

impl Profile {
    /// The organization of this name in paths, with this profile.
    pub(super) fn of(self, slug: Slug) -> Organization {
        Organization {
            slug,
            name: self.name,
            legal_name: self.legal_name,
            time_zone: self.time_zone,
            locale: self.locale,
            currency: self.currency,
            country: self.country,
            city: self.city,
            website: self.website,
            season_start_month: self.season_start_month,
        }
    }
}

impl From<Organization> for Profile {
    fn from(organization: Organization) -> Self {
        Self {
            name: organization.name,
            legal_name: organization.legal_name,
            time_zone: organization.time_zone,
            locale: organization.locale,
            currency: organization.currency,
            country: organization.country,
            city: organization.city,
            website: organization.website,
            season_start_month: organization.season_start_month,
        }
    }
}
