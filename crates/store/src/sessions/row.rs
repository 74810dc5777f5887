//! A row of `console_sessions`.

use diesel::prelude::*;
use org_auth::password::PasswordHash;
use org_auth::session::{Agent, NewSession, Session, Visitor};
use org_kernel::id::{Id, OrgId, UserId};
use org_kernel::instant::Instant;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::Row;
use crate::error::corrupt;
use crate::schema::console_sessions;

/// All but the hash, by which a session is found, and the password that waits with it: of both nobody else
/// needs to know.
#[derive(Queryable, Selectable)]
#[diesel(table_name = console_sessions)]
pub(super) struct SessionRow {
    org_id: Uuid,
    id: Uuid,
    user_id: Uuid,
    pending: bool,
    address: String,
    agent: String,
    created_at: OffsetDateTime,
    seen_at: OffsetDateTime,
    expires_at: OffsetDateTime,
}

impl Row for SessionRow {
    type Item = Session;

    fn into_item(self) -> QueryResult<Self::Item> {
        Ok(Session {
            id: Id::new(self.id),
            user: Id::new(self.user_id),
            org: Id::new(self.org_id),
            pending: self.pending,
            created_at: Instant::from(self.created_at),
            seen_at: Instant::from(self.seen_at),
            expires_at: Instant::from(self.expires_at),
            visitor: Visitor {
                address: self.address.parse().map_err(corrupt)?,
                agent: Agent::stored(self.agent),
            },
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = console_sessions)]
pub(super) struct NewSessionRow<'a> {
    org_id: Uuid,
    id: Uuid,
    user_id: Uuid,
    hash: &'a [u8],
    pending: bool,
    address: String,
    agent: &'a str,
    created_at: OffsetDateTime,
    seen_at: OffsetDateTime,
    expires_at: OffsetDateTime,
    password_hash: Option<&'a str>,
}

impl<'a> NewSessionRow<'a> {
    pub(super) fn of(
        org: OrgId,
        user: UserId,
        session: &'a NewSession,
        password: Option<&'a PasswordHash>,
    ) -> Self {
        Self {
            org_id: org.uuid(),
            id: session.id.uuid(),
            user_id: user.uuid(),
            hash: session.hash.as_bytes(),
            pending: session.pending,
            address: session.visitor.address.to_string(),
            agent: session.visitor.agent.as_str(),
            created_at: session.created_at.to_utc(),
            seen_at: session.created_at.to_utc(),
            expires_at: session.expires_at.to_utc(),
            password_hash: password.map(PasswordHash::as_str),
        }
    }
}
