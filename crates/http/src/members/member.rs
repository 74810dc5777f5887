//! A member, as it is answered.

use org_domain::{Record, roster as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Date, Instant, MemberId, MemberRole, MemberStatus, Section, text};

/// One membership.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Member {
    id: MemberId,
    name: String,
    role: MemberRole,
    section: Option<Section>,
    /// The chair within the section, from 1.
    #[schema(minimum = 1)]
    chair: Option<i32>,
    /// What they play.
    instrument: Option<String>,
    status: MemberStatus,
    /// Since when they belong to the orchestra.
    joined_on: Option<Date>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Member>> for Member {
    fn from(record: Record<domain::Member>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            name: facts.name.into_string(),
            role: facts.role.into(),
            section: facts.section.map(Into::into),
            chair: facts.chair,
            instrument: text(facts.instrument),
            status: facts.status.into(),
            joined_on: facts.joined_on.map(Into::into),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Member {
    fn example() -> Self {
        Self {
            id: MemberId::example(),
            name: "Lindqvist, Åsa".to_owned(),
            role: domain::MemberRole::Principal.into(),
            section: Some(domain::Section::Horn.into()),
            chair: Some(1),
            instrument: Some("Horn".to_owned()),
            status: domain::MemberStatus::Active.into(),
            joined_on: Some(Date::example("2014-09-01")),
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-08-01T09:00:00Z"),
        }
    }
}
