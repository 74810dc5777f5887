//! A row of `instruments`, with and without what never leaves.

use diesel::prelude::*;
use org_domain::instruments::{
    Instrument, InstrumentCategory, InstrumentCondition, InstrumentFile, InstrumentStatus,
};
use org_domain::record::Record;
use org_kernel::id::Id;
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::schema::instruments;

#[derive(Queryable, Selectable)]
#[diesel(table_name = instruments)]
pub(super) struct InstrumentRow {
    id: Uuid,
    name: String,
    category: Choice<InstrumentCategory>,
    maker: Option<String>,
    model: Option<String>,
    year_made: Option<i32>,
    condition: Option<Choice<InstrumentCondition>>,
    location: Option<String>,
    status: Choice<InstrumentStatus>,
    on_loan_to: Option<Uuid>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for InstrumentRow {
    type Item = Record<Instrument>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Instrument {
            name: Text::stored(self.name),
            category: self.category.0,
            maker: self.maker.map(Text::stored),
            model: self.model.map(Text::stored),
            year_made: self.year_made,
            condition: self.condition.map(|condition| condition.0),
            location: self.location.map(Text::stored),
            status: self.status.0,
            on_loan_to: self.on_loan_to.map(Id::new),
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
#[diesel(table_name = instruments)]
pub(super) struct InstrumentFileRow {
    #[diesel(embed)]
    instrument: InstrumentRow,
    serial: Option<String>,
    insured_value_cents: Option<i64>,
}

impl Row for InstrumentFileRow {
    type Item = Record<InstrumentFile>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let shown = self.instrument.into_item()?;
        Ok(Record {
            id: shown.id,
            facts: InstrumentFile {
                instrument: shown.facts,
                serial: self.serial.map(Text::stored),
                insured_value_cents: self.insured_value_cents,
            },
            created_at: shown.created_at,
            updated_at: shown.updated_at,
        })
    }
}
