//! Who is to hear of the events that are being written.

use diesel::expression::{AppearsOnTable, Expression};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{self, Array, Text};
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

/// The endpoints of an organization that are to hear of one type of events, as an expression: whichever
/// they are when the statement runs in which it stands.
pub(crate) struct Subscribed<'a> {
    pub(super) org: Uuid,
    pub(super) kind: &'a str,
}

impl Expression for Subscribed<'_> {
    type SqlType = Array<sql_types::Uuid>;
}

impl<Source> AppearsOnTable<Source> for Subscribed<'_> {}

impl QueryId for Subscribed<'_> {
    type QueryId = Subscribed<'static>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for Subscribed<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("ARRAY(SELECT id FROM webhook_endpoints WHERE org_id = ");
        out.push_bind_param::<sql_types::Uuid, _>(&self.org)?;
        out.push_sql(" AND enabled AND ");
        out.push_bind_param::<Text, _>(self.kind)?;
        out.push_sql(" = ANY (event_types) ORDER BY id)");
        Ok(())
    }
}
