//! The events `production.created` and `production.updated`.

use org_kernel::id::ProductionId;
use org_kernel::instant::Instant;
use serde::Serialize;

use super::Production;
use crate::events::event;
use crate::record::Record;

/// A production as the API's list shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductionPayload<'a> {
    id: ProductionId,
    code: Option<&'a str>,
    title: &'a str,
    subtitle: Option<&'a str>,
    season: Option<&'a str>,
    series: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
    start_date: String,
    end_date: String,
    conductor: Option<&'a str>,
    venue: Option<&'a str>,
    description: Option<&'a str>,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<Production>> for ProductionPayload<'a> {
    fn from(record: &'a Record<Production>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            code: facts.code.as_ref().map(AsRef::as_ref),
            title: facts.title.as_ref(),
            subtitle: facts.subtitle.as_ref().map(AsRef::as_ref),
            season: facts.season.as_ref().map(AsRef::as_ref),
            series: facts.series.as_ref().map(AsRef::as_ref),
            kind: facts.kind.as_str(),
            status: facts.status.as_str(),
            start_date: facts.dates.start().to_string(),
            end_date: facts.dates.end().to_string(),
            conductor: facts.conductor.as_ref().map(AsRef::as_ref),
            venue: facts.venue.as_ref().map(AsRef::as_ref),
            description: facts.description.as_ref().map(AsRef::as_ref),
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// A production was made.
    ProductionCreated(ProductionPayload) = "production.created"
}

event! {
    /// A production, or its programme, was changed.
    ProductionUpdated(ProductionPayload) = "production.updated"
}
