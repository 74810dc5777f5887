//! How a session begins, in a transaction that has its user locked.

use diesel::prelude::*;
use org_auth::session::{NewSession, Session};
use org_auth::session_store::Beginning;
use org_auth::user::UserRef;
use org_kernel::id::UserId;
use org_kernel::instant::Instant;

use super::row::NewSessionRow;
use crate::schema::{console_sessions, users};
use crate::transaction::Tx;
use crate::{audit, users as people};

/// Begins a session of a user, with what else there is to begin with.
pub(crate) fn begin(tx: &mut Tx<'_>, user: UserId, beginning: Beginning) -> QueryResult<Session> {
    if let Some(password) = &beginning.password {
        people::set_password(tx, user, password)?;
        super::end_all(tx, user)?;
    }
    let session = insert(tx, user, beginning.session)?;
    if !session.pending {
        signed_in(tx, user, session.created_at)?;
    }
    audit::insert_all(tx.conn, tx.org, &beginning.entries)?;
    Ok(session)
}

/// Stores a session, and answers it as it is stored.
pub(crate) fn insert(tx: &mut Tx<'_>, user: UserId, session: NewSession) -> QueryResult<Session> {
    diesel::insert_into(console_sessions::table)
        .values(NewSessionRow::of(tx.org, user, &session))
        .execute(tx.conn)?;
    let user = UserRef {
        org: tx.org,
        id: user,
    };
    Ok(session.into_stored(user))
}

/// Keeps when a user was last let in.
pub(crate) fn signed_in(tx: &mut Tx<'_>, user: UserId, at: Instant) -> QueryResult<()> {
    diesel::update(users::table.find((tx.org.uuid(), user.uuid())))
        .set(users::last_signed_in_at.eq(at.to_utc()))
        .execute(tx.conn)
        .map(drop)
}
