//! A row of `resources`.

use diesel::prelude::*;
use org_domain::record::Record;
use org_domain::resources::{Resource, ResourceStatus, ResourceType};
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::schema::resources;

#[derive(Queryable, Selectable)]
#[diesel(table_name = resources)]
pub(crate) struct ResourceRow {
    id: Uuid,
    name: String,
    type_: Choice<ResourceType>,
    venue: Option<String>,
    capacity: Option<i32>,
    setup_minutes: i32,
    teardown_minutes: i32,
    status: Choice<ResourceStatus>,
    status_reason: Option<String>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for ResourceRow {
    type Item = Record<Resource>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Resource {
            name: Text::stored(self.name),
            kind: self.type_.0,
            venue: self.venue.map(Text::stored),
            capacity: self.capacity,
            setup_minutes: self.setup_minutes,
            teardown_minutes: self.teardown_minutes,
            status: self.status.0,
            status_reason: self.status_reason.map(Text::stored),
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}
