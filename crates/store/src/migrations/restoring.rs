//! A database that comes from a dump instead of from migrations.
//!
//! It is filled under the lock of those who migrate: a server that starts meanwhile waits, and finds the
//! tables that the dump brought.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use org_kernel::StoreError;

use super::{MIGRATIONS, alone};
use crate::settings::DatabaseUrl;

/// The table that says which migrations were applied, for those who read a dump.
pub const TABLE_OF_VERSIONS: &str = "__diesel_schema_migrations";

/// What people put into the database: neither PostgreSQL's own nor what an extension brought.
const RELATIONS: &str = "SELECT count(*) AS count FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')";

/// Why a database was not filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError<E> {
    /// Something is in it already.
    #[error("the database is not empty")]
    NotEmpty,
    /// Whoever was to fill it failed.
    #[error(transparent)]
    Fill(E),
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
}

/// The versions of this program's migrations, in their order.
pub fn known() -> Result<Vec<String>, StoreError> {
    let migrations = MigrationSource::<Pg>::migrations(&MIGRATIONS);
    let migrations = migrations.map_err(StoreError::failed)?;
    let versions = migrations
        .iter()
        .map(|migration| migration.name().version());
    Ok(versions.map(|version| version.to_string()).collect())
}

/// Has `fill` fill a database, if there is nothing in it; afterwards PostgreSQL knows how much there is.
pub fn fill<E>(
    url: &DatabaseUrl,
    fill: impl FnOnce() -> Result<(), E>,
) -> Result<(), FillError<E>> {
    #[derive(QueryableByName)]
    struct Relations {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let filled = alone(url, |conn| {
        let Relations { count } = diesel::sql_query(RELATIONS).get_result(conn)?;
        if count > 0 {
            return Ok(Err(FillError::NotEmpty));
        }
        if let Err(error) = fill() {
            return Ok(Err(FillError::Fill(error)));
        }
        conn.batch_execute("ANALYZE")?;
        Ok(Ok(()))
    });
    filled.map_err(FillError::Store)?
}
