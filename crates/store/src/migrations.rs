//! Bringing a database to the schema of this version.
//!
//! The migrations are part of the program. They are applied one transaction each, under an advisory
//! lock of the session, so that of several servers that start at once one applies them while the
//! others wait, and then find nothing left to do.

mod restoring;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::R2D2Connection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use org_kernel::StoreError;

use crate::error::failure;
use crate::settings::DatabaseUrl;

pub use restoring::{FillError, TABLE_OF_VERSIONS, fill, known};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// The number that everybody who migrates locks: `orgapi` in ASCII.
const LOCK: i64 = 0x6f72_6761_7069;

/// Applies what is pending and answers the versions that were, in their order.
pub fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    alone(url, |conn| {
        let applied = conn.run_pending_migrations(MIGRATIONS)?;
        Ok(applied.iter().map(ToString::to_string).collect())
    })
}

/// The versions that were not applied yet, in their order. Waits for those who are applying them.
pub fn pending(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    alone(url, |conn| {
        let pending = conn.pending_migrations(MIGRATIONS)?;
        let versions = pending.iter().map(|pending| pending.name().version());
        Ok(versions.map(|version| version.to_string()).collect())
    })
}

/// True when no migration was ever applied: there is nothing that could be changed.
pub fn is_new(url: &DatabaseUrl) -> Result<bool, StoreError> {
    alone(url, |conn| Ok(conn.applied_migrations()?.is_empty()))
}

/// Text of every language is stored; a database that cannot hold it would fail in the middle of
/// something, on the first letter that it lacks.
fn refuse_other_encodings(conn: &mut PgConnection) -> Result<(), StoreError> {
    #[derive(QueryableByName)]
    struct Server {
        #[diesel(sql_type = diesel::sql_types::Text)]
        encoding: String,
    }
    let ask = diesel::sql_query("SELECT current_setting('server_encoding') AS encoding");
    let Server { encoding } = ask.get_result(conn).map_err(failure)?;
    if encoding == "UTF8" {
        return Ok(());
    }
    Err(StoreError::failed(format!(
        "the database is encoded in {encoding} and must be in UTF8"
    )))
}

/// Works in a session that holds the lock until it ends. Even to ask what is pending makes the table
/// of what was applied, which two must not do at once.
fn alone<T>(
    url: &DatabaseUrl,
    work: impl FnOnce(&mut PgConnection) -> diesel::migration::Result<T>,
) -> Result<T, StoreError> {
    let conn = PgConnection::establish(&url.to_libpq());
    let conn = &mut conn.map_err(StoreError::unavailable)?;
    refuse_other_encodings(conn)?;
    let locked = conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"));
    locked.map_err(failure)?;
    work(conn).map_err(|error| {
        // The error hides what the server said; whether it still answers tells which one it was.
        if conn.ping().is_ok() {
            StoreError::failed(error)
        } else {
            StoreError::unavailable(error)
        }
    })
}
