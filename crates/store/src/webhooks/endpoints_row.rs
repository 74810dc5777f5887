//! A row of `webhook_endpoints`.

use diesel::prelude::*;
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use org_webhooks::endpoint::{Description, DisabledBecause, Endpoint, EndpointUrl, EventTypes};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{Choice, Row};
use crate::schema::webhook_endpoints;

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_endpoints)]
pub(super) struct EndpointRow {
    org_id: Uuid,
    id: Uuid,
    url: String,
    description: Option<String>,
    event_types: Vec<String>,
    enabled: bool,
    disabled_because: Option<Choice<DisabledBecause>>,
    failing_since: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for EndpointRow {
    type Item = Endpoint;

    fn into_item(self) -> QueryResult<Self::Item> {
        Ok(Endpoint {
            id: Id::new(self.id),
            org: Id::new(self.org_id),
            url: EndpointUrl::stored(self.url),
            description: self.description.map(Description::stored),
            event_types: EventTypes::stored(self.event_types),
            enabled: self.enabled,
            disabled_because: self.disabled_because.map(|Choice(because)| because),
            failing_since: self.failing_since.map(Instant::from),
            created_at: Instant::from(self.created_at),
            updated_at: Instant::from(self.updated_at),
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = webhook_endpoints, treat_none_as_default_value = false)]
pub(super) struct NewEndpointRow<'a> {
    pub(super) org_id: Uuid,
    pub(super) id: Uuid,
    pub(super) url: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) event_types: &'a [String],
    pub(super) enabled: bool,
    pub(super) disabled_because: Option<&'static str>,
    pub(super) failing_since: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    pub(super) updated_at: OffsetDateTime,
}

impl<'a> From<&'a Endpoint> for NewEndpointRow<'a> {
    fn from(endpoint: &'a Endpoint) -> Self {
        Self {
            org_id: endpoint.org.uuid(),
            id: endpoint.id.uuid(),
            url: endpoint.url.as_str(),
            description: endpoint.description.as_ref().map(Description::as_str),
            event_types: endpoint.event_types.names(),
            enabled: endpoint.enabled,
            disabled_because: endpoint.disabled_because.map(DisabledBecause::as_str),
            failing_since: endpoint.failing_since.map(Instant::to_utc),
            created_at: endpoint.created_at.to_utc(),
            updated_at: endpoint.updated_at.to_utc(),
        }
    }
}
