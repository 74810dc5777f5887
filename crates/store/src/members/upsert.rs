//! How members are imported.

use diesel::prelude::*;
use org_domain::contacts::Email;
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_domain::roster::{MemberFile, Section};
use org_kernel::id::OrgId;
use org_kernel::text::{Line, fold};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::row::MemberFileRow;
use crate::columns::Row;
use crate::import::upsert;
use crate::schema::members;
use crate::writes::held;

#[derive(Insertable)]
#[diesel(table_name = members, treat_none_as_default_value = false)]
struct NewMember<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    name: &'a str,
    role: &'static str,
    section: Option<&'static str>,
    chair: Option<i32>,
    instrument: Option<&'a str>,
    status: &'static str,
    joined_on: Option<Date>,
    email: Option<&'a str>,
    name_folded: String,
    search_text: String,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewMember<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<MemberFile>) -> Self {
        let file = &record.facts;
        let facts = &file.member;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            name: facts.name.as_str(),
            role: facts.role.as_str(),
            section: facts.section.map(Section::as_str),
            chair: facts.chair,
            instrument: facts.instrument.as_ref().map(Line::as_str),
            status: facts.status.as_str(),
            joined_on: facts.joined_on,
            email: file.email.as_ref().map(Email::as_str),
            name_folded: fold(facts.name.as_str()),
            search_text: facts.search_text(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert!(
    MemberFile,
    members,
    MemberFileRow,
    NewMember,
    [
        name,
        role,
        section,
        chair,
        instrument,
        status,
        joined_on,
        email,
        name_folded,
        search_text,
    ]
);

held!(MemberFile, members);
