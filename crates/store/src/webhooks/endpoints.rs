//! Endpoints, each write with its entry in the audit trail.
//!
//! Writes of one endpoint lock its row first, so that each decides about what the one before it has
//! left. To change an endpoint is in nobody's way who only refers to it, as new deliveries do. One that is
//! deleted stays until its log is empty, and is passed over everywhere.

use diesel::prelude::*;
use org_domain::transaction::End;
use org_kernel::audit::Entry;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError, chain};
use org_webhooks::endpoint::Endpoint;
use org_webhooks::endpoint_store::{
    Edit, EndpointStore, NoSuchEndpoint, NotInserted, NotRotated, Rotation, StoredSecret, Target,
    Tell,
};
use time::OffsetDateTime;

use super::endpoints_row::{EndpointRow, NewEndpointRow};
use super::secrets;
use crate::audit;
use crate::columns::{Row, items};
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::organizations;
use crate::schema::webhook_endpoints::dsl;
use crate::transaction::Tx;
use crate::writes::set_row;

impl EndpointStore for Pg {
    fn insert(
        &self,
        endpoint: &Endpoint,
        secret: &StoredSecret,
        entry: &Entry,
    ) -> Result<(), WriteError<NotInserted>> {
        let stored = self.in_transaction(endpoint.org, |tx| {
            let stored = insert(tx, endpoint, secret, entry).map_err(failure)?;
            Ok((End::Commit, stored))
        })?;
        stored.map_err(WriteError::Refused)
    }

    fn list(&self, org: OrgId) -> Result<Vec<Endpoint>, StoreError> {
        self.read(|conn| {
            let rows = dsl::webhook_endpoints
                .filter(dsl::org_id.eq(org.uuid()))
                .filter(dsl::deleted_at.is_null())
                .order((dsl::created_at, dsl::id))
                .select(EndpointRow::as_select())
                .load(conn)?;
            items(rows)
        })
    }

    fn find(&self, target: Target) -> Result<Option<Endpoint>, StoreError> {
        let Some(org) = self.org_of(target)? else {
            return Ok(None);
        };
        self.read(|conn| {
            let found = dsl::webhook_endpoints
                .find((org.uuid(), target.id.uuid()))
                .filter(dsl::deleted_at.is_null())
                .select(EndpointRow::as_select())
                .first(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }

    fn edit(
        &self,
        target: Target,
        edit: &mut Edit<'_>,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        self.with_endpoint(target, |tx, before| {
            let Some((after, entry)) = edit(&before)? else {
                return Ok((End::RollBack, before));
            };
            update(tx, &after).map_err(failure)?;
            audit::insert(tx.conn, tx.org, &entry).map_err(failure)?;
            Ok((End::Commit, after))
        })
    }

    fn delete(
        &self,
        target: Target,
        tell: &mut Tell<'_>,
    ) -> Result<(), WriteError<NoSuchEndpoint>> {
        self.with_endpoint(target, |tx, endpoint| {
            let entry = tell(&endpoint)?;
            leave(tx, endpoint.id, entry.at).map_err(failure)?;
            audit::insert(tx.conn, tx.org, &entry).map_err(failure)?;
            Ok((End::Commit, ()))
        })?;
        // It is deleted, whatever becomes of this: the server goes on with it, and so does the next delete.
        if let Err(error) = self.finish_deletions() {
            tracing::warn!(
                error = chain(&error),
                "the log of a deleted endpoint is not empty"
            );
        }
        Ok(())
    }

    fn rotate(
        &self,
        target: Target,
        rotation: &Rotation,
        entry: &Entry,
    ) -> Result<(), WriteError<NotRotated>> {
        let rotated = self.with_endpoint(target, |tx, endpoint| {
            if !secrets::may_rotate(tx, endpoint.id, rotation).map_err(failure)? {
                return Ok((End::RollBack, Err(NotRotated::Changed)));
            }
            secrets::rotate(tx, endpoint.id, rotation).map_err(failure)?;
            audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            Ok((End::Commit, Ok(())))
        });
        rotated
            .map_err(WriteError::refused_as)?
            .map_err(WriteError::Refused)
    }

    fn secrets(&self, target: Target) -> Result<Vec<StoredSecret>, StoreError> {
        match self.org_of(target)? {
            Some(org) => self.read(|conn| secrets::of(conn, org, target.id)),
            None => Ok(Vec::new()),
        }
    }
}

impl Pg {
    /// The organization in which an endpoint is to be looked for; none when no organization has it. An
    /// endpoint never changes its organization.
    pub(super) fn org_of(&self, target: Target) -> Result<Option<OrgId>, StoreError> {
        if target.org.is_some() {
            return Ok(target.org);
        }
        let org = self.read(|conn| {
            let found = dsl::webhook_endpoints.filter(dsl::id.eq(target.id.uuid()));
            let found = found.filter(dsl::deleted_at.is_null());
            found.select(dsl::org_id).first(conn).optional()
        })?;
        Ok(org.map(OrgId::new))
    }

    /// Does `work` in a transaction in which nobody else writes the endpoint.
    fn with_endpoint<T>(
        &self,
        target: Target,
        mut work: impl FnMut(&mut Tx<'_>, Endpoint) -> Result<(End, T), StoreError>,
    ) -> Result<T, WriteError<NoSuchEndpoint>> {
        let org = self.org_of(target)?;
        let org = org.ok_or(WriteError::Refused(NoSuchEndpoint))?;
        let done = self.in_transaction(org, |tx| {
            let Some(endpoint) = locked(tx, target.id).map_err(failure)? else {
                return Ok((End::RollBack, None));
            };
            let (end, done) = work(tx, endpoint)?;
            Ok((end, Some(done)))
        })?;
        done.ok_or(WriteError::Refused(NoSuchEndpoint))
    }
}

/// Stores an endpoint with its secret and its entry. Of two who bring the same id at once, the second waits
/// for the first, and finds it.
fn insert(
    tx: &mut Tx<'_>,
    endpoint: &Endpoint,
    secret: &StoredSecret,
    entry: &Entry,
) -> QueryResult<Result<(), NotInserted>> {
    let org = organizations::table
        .find(tx.org.uuid())
        .select(organizations::id)
        .for_key_share()
        .first::<uuid::Uuid>(tx.conn)
        .optional()?;
    if org.is_none() {
        return Ok(Err(NotInserted::NoSuchOrg));
    }
    let inserted = diesel::insert_into(dsl::webhook_endpoints)
        .values(NewEndpointRow::from(endpoint))
        .on_conflict_do_nothing()
        .execute(tx.conn)?;
    if inserted == 0 {
        return Ok(Err(NotInserted::Exists));
    }
    secrets::insert(tx, endpoint.id, secret)?;
    audit::insert(tx.conn, tx.org, entry).map(Ok)
}

fn locked(tx: &mut Tx<'_>, id: EndpointId) -> QueryResult<Option<Endpoint>> {
    let row = dsl::webhook_endpoints
        .find((tx.org.uuid(), id.uuid()))
        .filter(dsl::deleted_at.is_null())
        .select(EndpointRow::as_select())
        .for_no_key_update()
        .first(tx.conn)
        .optional()?;
    row.map(Row::into_item).transpose()
}

fn update(tx: &mut Tx<'_>, endpoint: &Endpoint) -> QueryResult<()> {
    set_row!(
        tx.conn,
        webhook_endpoints,
        NewEndpointRow::from(endpoint),
        [
            url,
            description,
            event_types,
            enabled,
            disabled_because,
            failing_since,
            updated_at
        ]
    )
}

/// Deletes an endpoint as far as anybody can see.
fn leave(tx: &mut Tx<'_>, id: EndpointId, now: Instant) -> QueryResult<()> {
    secrets::delete(tx, id)?;
    let endpoint = dsl::webhook_endpoints.find((tx.org.uuid(), id.uuid()));
    diesel::update(endpoint)
        .set((
            dsl::deleted_at.eq(now.to_utc()),
            dsl::enabled.eq(false),
            dsl::failing_since.eq(None::<OffsetDateTime>),
        ))
        .execute(tx.conn)
        .map(drop)
}
