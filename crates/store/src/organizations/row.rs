//! A row of `organizations`.

use diesel::prelude::*;
use org_domain::contacts::Country;
use org_domain::organizations::{Currency, Locale, Month, Organization, Slug, Website};
use org_domain::record::Record;
use org_domain::time_zone::TimeZone;
use org_kernel::field::FromText;
use org_kernel::text::Line;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Row};
use crate::error::corrupt;
use crate::schema::organizations;

#[derive(Queryable, Selectable)]
#[diesel(table_name = organizations)]
pub(super) struct OrganizationRow {
    id: Uuid,
    slug: String,
    name: String,
    legal_name: Option<String>,
    time_zone: String,
    locale: String,
    currency: String,
    country: Option<String>,
    city: Option<String>,
    website: Option<String>,
    season_start_month: i16,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for OrganizationRow {
    type Item = Record<Organization>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let month = u8::try_from(self.season_start_month).ok();
        let facts = Organization {
            slug: Slug::stored(self.slug),
            name: Line::stored(self.name),
            legal_name: self.legal_name.map(Line::stored),
            time_zone: TimeZone::from_text(&self.time_zone).map_err(corrupt)?,
            locale: Locale::stored(self.locale),
            currency: Currency::stored(self.currency),
            country: self.country.map(Country::stored),
            city: self.city.map(Line::stored),
            website: self.website.map(Website::stored),
            season_start_month: month.and_then(Month::new).ok_or_else(|| corrupt("month"))?,
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = organizations, treat_none_as_null = true)]
pub(super) struct NewOrganization<'a> {
    id: Uuid,
    slug: &'a str,
    name: &'a str,
    legal_name: Option<&'a str>,
    time_zone: &'a str,
    locale: &'a str,
    currency: &'a str,
    country: Option<&'a str>,
    city: Option<&'a str>,
    website: Option<&'a str>,
    season_start_month: i16,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> From<&'a Record<Organization>> for NewOrganization<'a> {
    fn from(record: &'a Record<Organization>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id.uuid(),
            slug: facts.slug.as_str(),
            name: facts.name.as_str(),
            legal_name: facts.legal_name.as_ref().map(Line::as_str),
            time_zone: facts.time_zone.name(),
            locale: facts.locale.as_str(),
            currency: facts.currency.as_str(),
            country: facts.country.as_ref().map(Country::as_str),
            city: facts.city.as_ref().map(Line::as_str),
            website: facts.website.as_ref().map(Website::as_str),
            season_start_month: facts.season_start_month.number().into(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}
