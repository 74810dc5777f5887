//! A contact, as it is answered.

use org_domain::{Record, contacts as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Item, Located};
use crate::wire::{ContactId, ContactType, Instant, text};

/// A person or a company that the organization deals with.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Contact {
    id: ContactId,
    name: String,
    #[serde(rename = "type")]
    kind: ContactType,
    company: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    city: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    role: Option<String>,
    notes: Option<String>,
    tags: Vec<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Contact>> for Contact {
    fn from(record: Record<domain::Contact>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            name: facts.name.into_string(),
            kind: facts.kind.into(),
            company: text(facts.company),
            email: facts.email.map(|email| email.as_str().to_owned()),
            phone: text(facts.phone),
            city: text(facts.city),
            country: text(facts.country),
            role: text(facts.role),
            notes: text(facts.notes),
            tags: facts
                .tags
                .into_iter()
                .map(domain::Tag::into_string)
                .collect(),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Located for Contact {
    fn path(&self) -> String {
        format!("/contacts/{}", self.id)
    }
}

impl Item for Contact {
    fn example() -> Self {
        Self {
            id: ContactId::example(),
            name: "Elena Marković".to_owned(),
            kind: domain::ContactType::Soloist.into(),
            company: Some("Northern Artists".to_owned()),
            email: Some("elena@example.org".to_owned()),
            phone: Some("+43 1 5550100".to_owned()),
            city: Some("Wien".to_owned()),
            country: Some("AT".to_owned()),
            role: Some("Violin".to_owned()),
            notes: None,
            tags: vec!["violin".to_owned(), "2026-27".to_owned()],
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-08-01T09:00:00Z"),
        }
    }
}
