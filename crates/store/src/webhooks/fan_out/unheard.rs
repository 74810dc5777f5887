//! Events that nobody hears of, of many organizations at once.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use org_kernel::id::{Id, OrgId};
use org_webhooks::fan_out::Placed;
use uuid::Uuid;

use crate::advisory;
use crate::error::corrupt;

#[derive(QueryableByName)]
struct PlacedRow {
    #[diesel(sql_type = BigInt)]
    events: i64,
    #[diesel(sql_type = Array<SqlUuid>)]
    heard: Vec<Uuid>,
}

/// Takes the locks of those organizations that nobody is at, and then gives their events their positions,
/// by a statement of its own: so it sees what the workers before have placed.
pub(super) fn place(conn: &mut PgConnection, orgs: &[OrgId], most: u32) -> QueryResult<Placed> {
    let locked = advisory::try_to_dispatch_all(conn, orgs)?;
    if locked.is_empty() {
        return Ok(Placed::default());
    }
    let placed: PlacedRow = diesel::sql_query(include_str!("place_unheard.sql"))
        .bind::<Array<SqlUuid>, _>(locked)
        .bind::<BigInt, _>(i64::from(most))
        .get_result(conn)?;
    Ok(Placed {
        events: u32::try_from(placed.events).map_err(corrupt)?,
        heard: placed.heard.into_iter().map(Id::new).collect(),
    })
}
