//! A row of `services`.

use diesel::prelude::*;
use org_domain::record::Record;
use org_domain::services::{Service, ServiceStatus, ServiceType};
use org_domain::span::TimeSpan;
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::error::corrupt;
use crate::schema::services;

#[derive(Queryable, Selectable)]
#[diesel(table_name = services)]
pub(crate) struct ServiceRow {
    id: Uuid,
    production_id: Uuid,
    type_: Choice<ServiceType>,
    status: Choice<ServiceStatus>,
    title: Option<String>,
    start_at: OffsetDateTime,
    end_at: OffsetDateTime,
    call_at: Option<OffsetDateTime>,
    venue: Option<String>,
    conductor: Option<String>,
    dress: Option<String>,
    notes: Option<String>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for ServiceRow {
    type Item = Record<Service>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let time = TimeSpan::new(self.start_at.into(), self.end_at.into());
        let facts = Service {
            production_id: Id::new(self.production_id),
            kind: self.type_.0,
            status: self.status.0,
            title: self.title.map(Text::stored),
            time: time.ok_or_else(|| corrupt("time of a service"))?,
            call_at: self.call_at.map(Instant::from),
            venue: self.venue.map(Text::stored),
            conductor: self.conductor.map(Text::stored),
            dress: self.dress.map(Text::stored),
            notes: self.notes.map(Text::stored),
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}
