//! An organization as the audit trail tells of it.

use org_kernel::text::Line;
use serde::Serialize;

use super::{Organization, Website};
use crate::contacts::Country;

/// What is said of an organization that is founded: all else is usual then.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told<'a> {
    slug: &'a str,
    name: &'a str,
    time_zone: &'a str,
    #[serde(flatten)]
    rest: Option<Rest<'a>>,
}

/// What is said besides of one that changes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rest<'a> {
    legal_name: Option<&'a str>,
    locale: &'a str,
    currency: &'a str,
    country: Option<&'a str>,
    city: Option<&'a str>,
    website: Option<&'a str>,
    season_start_month: u8,
}

impl<'a> Told<'a> {
    pub(super) fn of(organization: &'a Organization) -> Self {
        Self {
            slug: organization.slug.as_str(),
            name: organization.name.as_str(),
            time_zone: organization.time_zone.name(),
            rest: None,
        }
    }

    pub(super) fn whole(organization: &'a Organization) -> Self {
        let rest = Rest {
            legal_name: organization.legal_name.as_ref().map(Line::as_str),
            locale: organization.locale.as_str(),
            currency: organization.currency.as_str(),
            country: organization.country.as_ref().map(Country::as_str),
            city: organization.city.as_ref().map(Line::as_str),
            website: organization.website.as_ref().map(Website::as_str),
            season_start_month: organization.season_start_month.number(),
        };
        Self {
            rest: Some(rest),
            ..Self::of(organization)
        }
    }
}
