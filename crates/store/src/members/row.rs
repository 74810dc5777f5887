//! A row of `members`, with and without what never leaves.

use diesel::prelude::*;
use org_domain::contacts::Email;
use org_domain::record::Record;
use org_domain::roster::{Member, MemberFile, MemberRole, MemberStatus, Section};
use org_kernel::text::Text;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::schema::members;

#[derive(Queryable, Selectable)]
#[diesel(table_name = members)]
pub(super) struct MemberRow {
    id: Uuid,
    name: String,
    role: Choice<MemberRole>,
    section: Option<Choice<Section>>,
    chair: Option<i32>,
    instrument: Option<String>,
    status: Choice<MemberStatus>,
    joined_on: Option<Date>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for MemberRow {
    type Item = Record<Member>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Member {
            name: Text::stored(self.name),
            role: self.role.0,
            section: self.section.map(|section| section.0),
            chair: self.chair,
            instrument: self.instrument.map(Text::stored),
            status: self.status.0,
            joined_on: self.joined_on,
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = members)]
pub(super) struct MemberFileRow {
    #[diesel(embed)]
    member: MemberRow,
    email: Option<String>,
}

impl Row for MemberFileRow {
    type Item = Record<MemberFile>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let shown = self.member.into_item()?;
        Ok(Record {
            id: shown.id,
            facts: MemberFile {
                member: shown.facts,
                email: self.email.map(Email::stored),
            },
            created_at: shown.created_at,
            updated_at: shown.updated_at,
        })
    }
}
