//! A row of `engagements`.

use diesel::prelude::*;
use org_domain::engagements::{Engagement, EngagementStatus};
use org_domain::record::Record;
use org_kernel::id::{Id, OrgId};
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::schema::engagements;
use crate::writes::keep;

#[derive(Queryable, Selectable)]
#[diesel(table_name = engagements)]
struct EngagementRow {
    id: Uuid,
    production_id: Uuid,
    contact_id: Uuid,
    role: String,
    status: Choice<EngagementStatus>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for EngagementRow {
    type Item = Record<Engagement>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Engagement {
            production_id: Id::new(self.production_id),
            contact_id: Id::new(self.contact_id),
            role: Text::stored(self.role),
            status: self.status.0,
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

#[derive(Insertable)]
#[diesel(table_name = engagements, treat_none_as_default_value = false)]
struct NewEngagement<'a> {
    org_id: Uuid,
    id: Uuid,
    production_id: Uuid,
    contact_id: Uuid,
    role: &'a str,
    status: &'static str,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewEngagement<'a> {
    fn of(org: OrgId, record: &'a Record<Engagement>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            production_id: facts.production_id.uuid(),
            contact_id: facts.contact_id.uuid(),
            role: facts.role.as_str(),
            status: facts.status.as_str(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

keep!(
    Engagement,
    engagements,
    EngagementRow,
    |org, record| NewEngagement::of(org, record),
    [production_id, contact_id, role, status]
);
