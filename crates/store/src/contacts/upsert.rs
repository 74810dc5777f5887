//! How contacts are written: many at once by imports, and one by one.

use diesel::prelude::*;
use org_domain::contacts::{Contact, Country, Email};
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_kernel::id::OrgId;
use org_kernel::text::{Line, Prose};
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::ContactRow;
use crate::columns::Row;
use crate::import::upsert_and_keep;
use crate::schema::contacts;

#[derive(Insertable)]
#[diesel(table_name = contacts, treat_none_as_default_value = false)]
struct NewContact<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    name: &'a str,
    type_: &'static str,
    company: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    city: Option<&'a str>,
    country: Option<&'a str>,
    role: Option<&'a str>,
    notes: Option<&'a str>,
    tags: Vec<&'a str>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewContact<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<Contact>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            name: facts.name.as_str(),
            type_: facts.kind.as_str(),
            company: facts.company.as_ref().map(Line::as_str),
            email: facts.email.as_ref().map(Email::as_str),
            phone: facts.phone.as_ref().map(Line::as_str),
            city: facts.city.as_ref().map(Line::as_str),
            country: facts.country.as_ref().map(Country::as_str),
            role: facts.role.as_ref().map(Line::as_str),
            notes: facts.notes.as_ref().map(Prose::as_str),
            tags: facts.tags.iter().map(Line::as_str).collect(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert_and_keep!(
    Contact,
    contacts,
    ContactRow,
    NewContact,
    [
        name, type_, company, email, phone, city, country, role, notes, tags,
    ]
);
