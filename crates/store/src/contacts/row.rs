//! A row of `contacts`.

use diesel::prelude::*;
use org_domain::contacts::{Contact, ContactType, Country, Email};
use org_domain::record::Record;
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::schema::contacts;

#[derive(Queryable, Selectable)]
#[diesel(table_name = contacts)]
pub(super) struct ContactRow {
    id: Uuid,
    name: String,
    type_: Choice<ContactType>,
    company: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    city: Option<String>,
    country: Option<String>,
    role: Option<String>,
    notes: Option<String>,
    tags: Vec<String>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for ContactRow {
    type Item = Record<Contact>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Contact {
            name: Text::stored(self.name),
            kind: self.type_.0,
            company: self.company.map(Text::stored),
            email: self.email.map(Email::stored),
            phone: self.phone.map(Text::stored),
            city: self.city.map(Text::stored),
            country: self.country.map(Country::stored),
            role: self.role.map(Text::stored),
            notes: self.notes.map(Text::stored),
            tags: self.tags.into_iter().map(Text::stored).collect(),
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}
