//! Bringing a database to the schema of this version.
//!
//! The migrations are part of the program. They are applied one transaction each, under an advisory
//! lock of the session, so that of several servers that start at once one applies them while the
//! others wait, and then find nothing left to do.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use org_kernel::StoreError;

use crate::settings::DatabaseUrl;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// The number that everybody who migrates locks: `orgapi` in ASCII.
const LOCK: i64 = 0x6f72_6761_7069;

/// Applies what is pending and answers the versions that were, in their order.
pub fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    let mut conn = connect(url)?;
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))
        .map_err(StoreError::failed)?;
    let applied = conn.run_pending_migrations(MIGRATIONS);
    let applied = applied.map_err(StoreError::failed)?;
    // The lock goes with the session.
    Ok(applied.iter().map(ToString::to_string).collect())
}

/// The versions that were not applied yet, in their order.
pub fn pending(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    let pending = connect(url)?.pending_migrations(MIGRATIONS);
    let pending = pending.map_err(StoreError::failed)?;
    let versions = pending.iter().map(|pending| pending.name().version());
    Ok(versions.map(|version| version.to_string()).collect())
}

/// True when no migration was ever applied: there is nothing that could be changed.
pub fn is_new(url: &DatabaseUrl) -> Result<bool, StoreError> {
    let applied = connect(url)?.applied_migrations();
    applied
        .map(|applied| applied.is_empty())
        .map_err(StoreError::failed)
}

fn connect(url: &DatabaseUrl) -> Result<PgConnection, StoreError> {
    PgConnection::establish(&url.to_libpq()).map_err(StoreError::unavailable)
}
