//! A contact as the audit trail tells of it.

use serde::Serialize;

use super::{Contact, Country, Email, Tag};
use crate::record::Record;

/// What the trail does not show.
pub(super) const MASKED: &[&str] = &["email"];

#[derive(Serialize)]
pub(super) struct ContactView<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    company: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    city: Option<&'a str>,
    country: Option<&'a str>,
    role: Option<&'a str>,
    notes: Option<&'a str>,
    tags: &'a [Tag],
}

impl<'a> From<&'a Record<Contact>> for ContactView<'a> {
    fn from(record: &'a Record<Contact>) -> Self {
        let facts = &record.facts;
        Self {
            name: facts.name.as_ref(),
            kind: facts.kind.as_str(),
            company: facts.company.as_ref().map(AsRef::as_ref),
            email: facts.email.as_ref().map(Email::as_str),
            phone: facts.phone.as_ref().map(AsRef::as_ref),
            city: facts.city.as_ref().map(AsRef::as_ref),
            country: facts.country.as_ref().map(Country::as_str),
            role: facts.role.as_ref().map(AsRef::as_ref),
            notes: facts.notes.as_ref().map(AsRef::as_ref),
            tags: &facts.tags,
        }
    }
}
