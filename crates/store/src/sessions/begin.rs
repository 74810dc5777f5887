//! How a session begins, in a transaction that has its user locked.

use diesel::prelude::*;
use org_auth::password::PasswordHash;
use org_auth::session::{NewSession, Session, SessionHash};
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
    if let Some(replaced) = &beginning.replaces {
        end_anybodys(tx, replaced)?;
    }
    let password = beginning.password.as_ref();
    let waiting = password.filter(|_| beginning.session.pending);
    if waiting.is_none()
        && let Some(password) = password
    {
        people::set_password(tx, user, password, None)?;
    }
    let session = insert(tx, user, beginning.session, waiting)?;
    if !session.pending {
        signed_in(tx, user, session.created_at)?;
    }
    audit::insert_all(tx.conn, tx.org, &beginning.entries)?;
    Ok(session)
}

/// Stores a session, with the password that waits with it, and answers it as it is stored.
fn insert(
    tx: &mut Tx<'_>,
    user: UserId,
    session: NewSession,
    password: Option<&PasswordHash>,
) -> QueryResult<Session> {
    diesel::insert_into(console_sessions::table)
        .values(NewSessionRow::of(tx.org, user, &session, password))
        .execute(tx.conn)?;
    let user = UserRef {
        org: tx.org,
        id: user,
    };
    Ok(session.into_stored(user))
}

/// Ends the session of a browser, of whatever user and organization.
fn end_anybodys(tx: &mut Tx<'_>, session: &SessionHash) -> QueryResult<()> {
    let of_browser = console_sessions::hash.eq(&session.as_bytes()[..]);
    diesel::delete(console_sessions::table.filter(of_browser))
        .execute(tx.conn)
        .map(drop)
}

/// Keeps when a user was last let in.
fn signed_in(tx: &mut Tx<'_>, user: UserId, at: Instant) -> QueryResult<()> {
    diesel::update(users::table.find((tx.org.uuid(), user.uuid())))
        .set(users::last_signed_in_at.eq(at.to_utc()))
        .execute(tx.conn)
        .map(drop)
}
