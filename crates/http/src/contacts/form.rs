//! What is asked of a contact's representation.

use org_domain::contacts as domain;
use org_kernel::field::Fields;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::input::Body;
use crate::wire::ContactType;

/// The full representation of a contact: what is left out is null, or empty.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewContact {
    #[schema(min_length = 1, max_length = 200)]
    name: &'static str,
    #[serde(rename = "type")]
    kind: ContactType,
    #[schema(max_length = 200)]
    company: Option<&'static str>,
    #[schema(max_length = 254, format = "email")]
    email: Option<&'static str>,
    #[schema(max_length = 40)]
    phone: Option<&'static str>,
    #[schema(max_length = 120)]
    city: Option<&'static str>,
    /// ISO 3166-1 alpha-2, in either case.
    #[schema(min_length = 2, max_length = 2)]
    country: Option<&'static str>,
    #[schema(max_length = 120)]
    role: Option<&'static str>,
    #[schema(max_length = 5000)]
    notes: Option<&'static str>,
    /// Each of 1 to 40 characters. Of those that differ in case alone the first is kept; then there
    /// may be 50.
    tags: Option<Vec<&'static str>>,
}

impl Item for NewContact {
    fn example() -> Self {
        Self {
            name: "Elena Marković",
            kind: domain::ContactType::Soloist.into(),
            company: Some("Northern Artists"),
            email: Some("elena@example.org"),
            phone: Some("+43 1 5550100"),
            city: Some("Wien"),
            country: Some("AT"),
            role: Some("Violin"),
            notes: None,
            tags: Some(vec!["violin", "2026-27"]),
        }
    }
}

impl Body for domain::Contact {
    type Form = NewContact;

    const READ_ONLY: &'static [&'static str] = &["id", "createdAt", "updatedAt"];

    fn read(fields: &mut Fields) -> Option<Self> {
        Self::read(fields)
    }
}
