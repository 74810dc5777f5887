//! Reading and writing single records of one kind by their ids.

use diesel::prelude::*;
use org_domain::Facts;
use org_domain::record::Record;
use org_kernel::id::{Id, OrgId};

/// Facts that stand in a table.
pub(crate) trait Held: Facts {
    /// True when there is such a record. Nobody waits.
    fn is_held(conn: &mut PgConnection, org: OrgId, id: Id<Self::Kind>) -> QueryResult<bool>;
}

/// Facts that are written one by one.
pub(crate) trait Kept: Held {
    /// The record, locked against whoever wants to change it, and not against whoever refers to it.
    fn locked(
        conn: &mut PgConnection,
        org: OrgId,
        id: Id<Self::Kind>,
    ) -> QueryResult<Option<Record<Self>>>;

    /// Stores a new record.
    fn insert(conn: &mut PgConnection, org: OrgId, record: &Record<Self>) -> QueryResult<()>;

    /// Replaces a stored record; fails when it is not stored. What it was called at its source, and
    /// when it was made, stay as they are.
    fn update(conn: &mut PgConnection, org: OrgId, record: &Record<Self>) -> QueryResult<()>;
}

/// Implements [`Held`].
macro_rules! held {
    ($facts:ty, $table:ident) => {
        impl $crate::writes::Held for $facts {
            fn is_held(
                conn: &mut ::diesel::PgConnection,
                org: ::org_kernel::id::OrgId,
                id: ::org_kernel::id::Id<Self::Kind>,
            ) -> ::diesel::QueryResult<bool> {
                let found = $crate::schema::$table::table.find((org.uuid(), id.uuid()));
                ::diesel::select(::diesel::dsl::exists(found)).get_result(conn)
            }
        }
    };
}

/// Sets columns of one stored row; fails when it is not stored.
macro_rules! set_row {
    ($conn:expr, $table:ident, $row:expr, [$($column:ident),+ $(,)?]) => {{
        use $crate::schema::$table;
        let row = $row;
        let update = $crate::writes::Update {
            table: $table::table,
            changes: ::diesel::AsChangeset::as_changeset(
                ($($table::$column.eq(row.$column),)+)
            ),
            condition: $table::org_id.eq(row.org_id).and($table::id.eq(row.id)),
        };
        let changed = update.execute($conn)?;
        match changed {
            1 => Ok(()),
            _ => Err(::diesel::result::Error::NotFound),
        }
    }};
}

/// Implements [`Kept`] for facts that stand in one table, given how the row of a new record is made
/// and which columns change.
macro_rules! keep {
    (
        $facts:ty, $table:ident, $row:ty, |$org:ident, $record:ident| $new:expr,
        [$($column:ident),+ $(,)?]
    ) => {
        $crate::writes::held!($facts, $table);

        impl $crate::writes::Kept for $facts {
            fn locked(
                conn: &mut ::diesel::PgConnection,
                org: ::org_kernel::id::OrgId,
                id: ::org_kernel::id::Id<Self::Kind>,
            ) -> ::diesel::QueryResult<Option<::org_domain::record::Record<Self>>> {
                let row: Option<$row> = $crate::schema::$table::table
                    .find((org.uuid(), id.uuid()))
                    .select(<$row>::as_select())
                    .for_no_key_update()
                    .get_result(conn)
                    .optional()?;
                row.map($crate::columns::Row::into_item).transpose()
            }

            fn insert(
                conn: &mut ::diesel::PgConnection,
                $org: ::org_kernel::id::OrgId,
                $record: &::org_domain::record::Record<Self>,
            ) -> ::diesel::QueryResult<()> {
                let insert = ::diesel::insert_into($crate::schema::$table::table).values($new);
                insert.execute(conn).map(drop)
            }

            fn update(
                conn: &mut ::diesel::PgConnection,
                $org: ::org_kernel::id::OrgId,
                $record: &::org_domain::record::Record<Self>,
            ) -> ::diesel::QueryResult<()> {
                $crate::writes::set_row!(conn, $table, $new, [$($column),+, updated_at])
            }
        }
    };
}

pub(crate) use {held, keep, set_row};
