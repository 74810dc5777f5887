//! Reading and writing records of one kind by the names of their source.

use std::collections::HashMap;

use diesel::prelude::*;
use org_domain::Facts;
use org_domain::import::{ExternalId, ImportKind};
use org_domain::record::Record;
use org_kernel::id::OrgId;
use uuid::Uuid;

/// How many rows one statement replaces; with the values of each, far below the 65,535 that
/// PostgreSQL takes.
pub(crate) const ROWS_A_STATEMENT: usize = 500;

/// Facts that are imported.
pub(crate) trait Upsert: Facts {
    /// The records with these names, locked, each with its name.
    fn stored(
        conn: &mut PgConnection,
        org: OrgId,
        names: &[&str],
    ) -> QueryResult<Vec<(String, Record<Self>)>>;

    /// Stores new records.
    fn insert(
        conn: &mut PgConnection,
        org: OrgId,
        rows: &[(ExternalId, Record<Self>)],
    ) -> QueryResult<()>;

    /// Replaces stored records; fails when one is not stored.
    fn update(conn: &mut PgConnection, org: OrgId, rows: &[Record<Self>]) -> QueryResult<()>;
}

/// Copies new rows into a table.
macro_rules! copy_in {
    ($conn:expr, $table:ident, $rows:expr) => {
        ::diesel::copy_from($crate::schema::$table::table)
            .from_insertable($rows)
            .execute($conn)
            .map(drop)
    };
}

/// Replaces columns of stored rows, many a statement.
///
/// A row that is not stored would be inserted. It would be without a name, which no imported row is,
/// and so the caller is told, and the transaction fails.
macro_rules! replace {
    ($conn:expr, $table:ident, $rows:expr, [$($column:ident),+ $(,)?]) => {{
        use ::diesel::upsert::excluded;
        use $crate::schema::$table;
        let rows: Vec<_> = $rows;
        rows.chunks($crate::import::ROWS_A_STATEMENT).try_for_each(|rows| {
            let names: Vec<Option<String>> = ::diesel::insert_into($table::table)
                .values(rows)
                .on_conflict(($table::org_id, $table::id))
                .do_update()
                .set(($($table::$column.eq(excluded($table::$column)),)+))
                .returning($table::external_id)
                .load($conn)?;
            if names.iter().all(Option::is_some) {
                return Ok(());
            }
            Err(::diesel::result::Error::NotFound)
        })
    }};
}

/// Implements [`Upsert`] for facts that stand in one table.
macro_rules! upsert {
    ($facts:ty, $table:ident, $row:ty, $new:ident, [$($column:ident),+ $(,)?]) => {
        impl $crate::import::Upsert for $facts {
            fn stored(
                conn: &mut PgConnection,
                org: OrgId,
                names: &[&str],
            ) -> QueryResult<Vec<(String, Record<Self>)>> {
                use $crate::schema::$table;
                let rows: Vec<(String, $row)> = $table::table
                    .filter($table::org_id.eq(org.uuid()))
                    .filter($table::external_id.eq($crate::import::any_of(names)))
                    .select(($table::external_id.assume_not_null(), <$row>::as_select()))
                    .for_no_key_update()
                    .load(conn)?;
                let record = |(name, row): (String, $row)| Ok((name, row.into_item()?));
                rows.into_iter().map(record).collect()
            }

            fn insert(
                conn: &mut PgConnection,
                org: OrgId,
                rows: &[(ExternalId, Record<Self>)],
            ) -> QueryResult<()> {
                let new = |(name, record)| $new::of(org, Some(name), record);
                let rows: Vec<_> = rows.iter().map(|(name, record)| new((name, record))).collect();
                $crate::import::copy_in!(conn, $table, rows)
            }

            fn update(
                conn: &mut PgConnection,
                org: OrgId,
                rows: &[Record<Self>],
            ) -> QueryResult<()> {
                let rows = rows.iter().map(|record| $new::of(org, None, record)).collect();
                $crate::import::replace!(conn, $table, rows, [$($column),+, updated_at])
            }
        }
    };
}

/// Implements [`Upsert`], and [`Kept`](crate::writes::Kept), for facts that stand in one table.
macro_rules! upsert_and_keep {
    ($facts:ty, $table:ident, $row:ty, $new:ident, [$($column:ident),+ $(,)?]) => {
        $crate::import::upsert!($facts, $table, $row, $new, [$($column),+]);

        $crate::writes::keep!(
            $facts, $table, $row, |org, record| $new::of(org, None, record), [$($column),+]
        );
    };
}

pub(crate) use {copy_in, replace, upsert, upsert_and_keep};

/// Reads the ids behind names from the table of each kind.
macro_rules! stored_ids {
    ($($kind:ident => $table:ident;)+) => {
        /// The ids of those records of a kind that are stored under these names.
        pub(super) fn stored_ids(
            conn: &mut PgConnection,
            org: OrgId,
            kind: ImportKind,
            names: &[&str],
        ) -> QueryResult<HashMap<ExternalId, Uuid>> {
            let found: Vec<(String, Uuid)> = match kind {
                $(ImportKind::$kind => {
                    use crate::schema::$table;
                    $table::table
                        .filter($table::org_id.eq(org.uuid()))
                        .filter($table::external_id.eq($crate::import::any_of(names)))
                        .select(($table::external_id.assume_not_null(), $table::id))
                        .load(conn)?
                })+
            };
            let key = |(name, id)| (ExternalId::stored(name), id);
            Ok(found.into_iter().map(key).collect())
        }
    };
}

stored_ids! {
    Production => productions;
    Service => services;
    Work => works;
    Member => members;
    Resource => resources;
    Instrument => instruments;
    Tour => tours;
    Report => reports;
    Performance => performances;
    Contact => contacts;
}
