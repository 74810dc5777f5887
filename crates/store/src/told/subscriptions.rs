//! Who is to hear of the events that are being written.

use diesel::prelude::*;
use org_kernel::id::OrgId;
use uuid::Uuid;

use crate::schema::webhook_endpoints;

/// The enabled endpoints of an organization, by id, each with the types of events it asked for.
pub(super) struct Subscriptions(Vec<(Uuid, Vec<String>)>);

impl Subscriptions {
    /// As they are now.
    pub(super) fn of(conn: &mut PgConnection, org: OrgId) -> QueryResult<Self> {
        webhook_endpoints::table
            .filter(webhook_endpoints::org_id.eq(org.uuid()))
            .filter(webhook_endpoints::enabled)
            .order(webhook_endpoints::id)
            .select((webhook_endpoints::id, webhook_endpoints::event_types))
            .load(conn)
            .map(Self)
    }

    /// The endpoints that asked for events of this type.
    pub(super) fn to(&self, kind: &str) -> Vec<Uuid> {
        let subscribed = |types: &Vec<String>| types.iter().any(|name| name == kind);
        let endpoints = self.0.iter().filter(|(_, types)| subscribed(types));
        endpoints.map(|(id, _)| *id).collect()
    }
}
