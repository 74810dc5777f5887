//! How instruments are imported.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::instruments::{InstrumentCondition, InstrumentFile};
use org_domain::record::Record;
use org_kernel::id::{Id, OrgId};
use org_kernel::text::{Line, fold};
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::InstrumentFileRow;
use crate::columns::Row;
use crate::import::upsert;
use crate::schema::instruments;

#[derive(Insertable)]
#[diesel(table_name = instruments, treat_none_as_default_value = false)]
struct NewInstrument<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    name: &'a str,
    category: &'static str,
    maker: Option<&'a str>,
    model: Option<&'a str>,
    year_made: Option<i32>,
    condition: Option<&'static str>,
    location: Option<&'a str>,
    status: &'static str,
    on_loan_to: Option<Uuid>,
    serial: Option<&'a str>,
    insured_value_cents: Option<i64>,
    name_folded: String,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewInstrument<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<InstrumentFile>) -> Self {
        let file = &record.facts;
        let facts = &file.instrument;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            name: facts.name.as_str(),
            category: facts.category.as_str(),
            maker: facts.maker.as_ref().map(Line::as_str),
            model: facts.model.as_ref().map(Line::as_str),
            year_made: facts.year_made,
            condition: facts.condition.map(InstrumentCondition::as_str),
            location: facts.location.as_ref().map(Line::as_str),
            status: facts.status.as_str(),
            on_loan_to: facts.on_loan_to.map(Id::uuid),
            serial: file.serial.as_ref().map(Line::as_str),
            insured_value_cents: file.insured_value_cents,
            name_folded: fold(facts.name.as_str()),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert!(
    InstrumentFile,
    instruments,
    InstrumentFileRow,
    NewInstrument,
    [
        name,
        category,
        maker,
        model,
        year_made,
        condition,
        location,
        status,
        on_loan_to,
        serial,
        insured_value_cents,
        name_folded,
    ]
);
