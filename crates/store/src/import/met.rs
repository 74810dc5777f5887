//! The rows that were met in the file that is being imported.

use std::collections::{HashMap, HashSet};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use org_domain::import::{ExternalId, ExternalKey, ImportKind};
use uuid::Uuid;

use super::any_of;

diesel::table! {
    import_met (kind, external_id) {
        kind -> Text,
        external_id -> Text,
        id -> Uuid,
    }
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// A row for each text of a list.
    #[sql_name = "unnest"]
    fn each_text(list: Array<Text>) -> Text;

    /// A row for each id of a list; beside another list, their rows go side by side.
    #[sql_name = "unnest"]
    fn each_id(list: Array<SqlUuid>) -> SqlUuid;
}

/// Makes the table, which is gone when the transaction ends.
pub(super) fn create(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "CREATE TEMPORARY TABLE import_met (
             kind text NOT NULL,
             external_id text COLLATE \"C\" NOT NULL,
             id uuid NOT NULL,
             PRIMARY KEY (kind, external_id)
         ) ON COMMIT DROP",
    )
}

/// Forgets everything.
pub(super) fn clear(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("TRUNCATE import_met")
}

/// Notes rows, and answers those whose keys were noted before.
pub(super) fn note(
    conn: &mut PgConnection,
    rows: &[(ExternalKey, Uuid)],
) -> QueryResult<HashSet<ExternalKey>> {
    let kinds: Vec<_> = rows.iter().map(|(key, _)| key.kind.as_str()).collect();
    let names: Vec<_> = rows.iter().map(|(key, _)| key.id.as_str()).collect();
    let ids: Vec<_> = rows.iter().map(|(_, id)| *id).collect();
    let given = diesel::select((each_text(kinds), each_text(names), each_id(ids)));
    let noted: HashSet<(String, String)> = diesel::insert_into(import_met::table)
        .values(given)
        .into_columns((import_met::kind, import_met::external_id, import_met::id))
        .on_conflict_do_nothing()
        .returning((import_met::kind, import_met::external_id))
        .load(conn)?
        .into_iter()
        .collect();
    let is_noted = |key: &ExternalKey| {
        noted.contains(&(key.kind.as_str().to_owned(), key.id.as_str().to_owned()))
    };
    let keys = rows.iter().map(|(key, _)| key);
    Ok(keys.filter(|key| !is_noted(key)).cloned().collect())
}

/// The ids of those rows of a kind that were noted.
pub(super) fn ids(
    conn: &mut PgConnection,
    kind: ImportKind,
    names: &[&str],
) -> QueryResult<HashMap<ExternalId, Uuid>> {
    let found: Vec<(String, Uuid)> = import_met::table
        .filter(import_met::kind.eq(kind.as_str()))
        .filter(import_met::external_id.eq(any_of(names)))
        .select((import_met::external_id, import_met::id))
        .load(conn)?;
    let key = |(name, id)| (ExternalId::stored(name), id);
    Ok(found.into_iter().map(key).collect())
}
