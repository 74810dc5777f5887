//! The one master key that all secrets are sealed under, whatever they are of.

use diesel::prelude::*;

use crate::schema::webhook_master_key;

/// Makes this the key of all secrets. As long as there are some, of this transaction or of any other, the
/// database refuses it unless it is their key already; then no row is touched, and nobody waits.
pub(crate) fn name(conn: &mut PgConnection, key_id: &str) -> QueryResult<()> {
    let id = webhook_master_key::id;
    diesel::insert_into(webhook_master_key::table)
        .values(id.eq(key_id))
        .on_conflict_do_nothing()
        .execute(conn)?;
    diesel::update(webhook_master_key::table.filter(id.ne(key_id)))
        .set(id.eq(key_id))
        .execute(conn)
        .map(drop)
}
