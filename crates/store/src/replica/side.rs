//! One of the two servers, and what it says of itself.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::Unseen;
use crate::settings::DatabaseUrl;

/// What a server says of itself.
#[derive(Debug, QueryableByName)]
pub(super) struct Said {
    #[diesel(sql_type = Bool)]
    pub(super) is_recovering: bool,
    /// Of the database, and of all its replicas.
    #[diesel(sql_type = Text)]
    pub(super) identity: String,
    /// How far in the write-ahead log it has written, or replayed, in bytes.
    #[diesel(sql_type = BigInt)]
    pub(super) position: i64,
}

const ASK: &str = "SELECT pg_is_in_recovery() AS is_recovering,
        (SELECT system_identifier::text FROM pg_control_system()) || '/' ||
        (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS identity,
        (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
            - '0/0')::bigint AS position";

/// A server, on a connection that is made when it is needed.
pub(super) struct Side {
    url: String,
    conn: Option<PgConnection>,
}

impl Side {
    pub(super) fn at(url: &DatabaseUrl) -> Self {
        Self {
            url: url.to_libpq(),
            conn: None,
        }
    }

    /// A connection on which it did not answer is not used again.
    pub(super) fn ask(&mut self) -> Result<Said, Unseen> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => connect(&self.url)?,
        };
        let said = diesel::sql_query(ASK).get_result(&mut conn)?;
        self.conn = Some(conn);
        Ok(said)
    }
}

fn connect(url: &str) -> Result<PgConnection, Unseen> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute("SET statement_timeout = '1s'")?;
    Ok(conn)
}
