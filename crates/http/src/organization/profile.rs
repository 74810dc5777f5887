//! An organization, as it is answered.

use org_domain::{Record, organizations as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Instant, OrgId, text};

/// An orchestra, an opera house or a festival.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Organization {
    id: OrgId,
    /// The organization's name in paths.
    slug: String,
    name: String,
    /// Its name in contracts.
    legal_name: Option<String>,
    /// The IANA time zone in which its days begin and end.
    time_zone: String,
    /// How it writes numbers and dates: a BCP 47 tag.
    locale: String,
    /// What it counts money in: an ISO 4217 code.
    currency: String,
    /// Two letters of ISO 3166-1.
    country: Option<String>,
    city: Option<String>,
    website: Option<String>,
    /// The month in which its season begins, 1 for January.
    #[schema(minimum = 1, maximum = 12)]
    season_start_month: u8,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Organization>> for Organization {
    fn from(record: Record<domain::Organization>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            slug: facts.slug.to_string(),
            name: facts.name.into_string(),
            legal_name: text(facts.legal_name),
            time_zone: facts.time_zone.to_string(),
            locale: facts.locale.to_string(),
            currency: facts.currency.to_string(),
            country: text(facts.country),
            city: text(facts.city),
            website: text(facts.website),
            season_start_month: facts.season_start_month.number(),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Organization {
    fn example() -> Self {
        Self {
            id: OrgId::example(),
            slug: "demo-philharmonic".to_owned(),
            name: "Demo Philharmonic".to_owned(),
            legal_name: Some("Demo Philharmonic Society".to_owned()),
            time_zone: "Europe/Vienna".to_owned(),
            locale: "en".to_owned(),
            currency: "EUR".to_owned(),
            country: Some("AT".to_owned()),
            city: Some("Vienna".to_owned()),
            website: Some("https://philharmonic.example".to_owned()),
            season_start_month: 9,
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-08-01T09:00:00Z"),
        }
    }
}
