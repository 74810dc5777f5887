//! An instrument, as it is answered. There is no field here for what is kept to itself.

use org_domain::{Record, instruments as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{
    Instant, InstrumentCategory, InstrumentCondition, InstrumentId, InstrumentStatus, MemberId,
    text,
};

/// An instrument that the organization owns or borrows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Instrument {
    id: InstrumentId,
    name: String,
    category: InstrumentCategory,
    maker: Option<String>,
    model: Option<String>,
    year_made: Option<i32>,
    condition: Option<InstrumentCondition>,
    /// Where it is kept.
    location: Option<String>,
    status: InstrumentStatus,
    /// The member who has it.
    on_loan_to: Option<MemberId>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Instrument>> for Instrument {
    fn from(record: Record<domain::Instrument>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            name: facts.name.into_string(),
            category: facts.category.into(),
            maker: text(facts.maker),
            model: text(facts.model),
            year_made: facts.year_made,
            condition: facts.condition.map(Into::into),
            location: text(facts.location),
            status: facts.status.into(),
            on_loan_to: facts.on_loan_to.map(Into::into),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Instrument {
    fn example() -> Self {
        Self {
            id: InstrumentId::example(),
            name: "Five-string double bass".to_owned(),
            category: domain::InstrumentCategory::Strings.into(),
            maker: Some("Pöllmann".to_owned()),
            model: None,
            year_made: Some(1987),
            condition: Some(domain::InstrumentCondition::Good.into()),
            location: Some("Instrument store".to_owned()),
            status: domain::InstrumentStatus::OnLoan.into(),
            on_loan_to: Some(MemberId::example()),
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-08-01T09:00:00Z"),
        }
    }
}
