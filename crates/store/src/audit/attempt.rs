//! A row of `refused_attempts`.

use diesel::prelude::*;
use diesel::result::Error;
use org_kernel::audit::Entry;
use org_kernel::instant::Instant;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::request;
use crate::columns::{Json, Row};
use crate::schema::refused_attempts;

#[derive(Queryable, Selectable)]
#[diesel(table_name = refused_attempts)]
pub(super) struct AttemptRow {
    id: Uuid,
    at: OffsetDateTime,
    details: Json<Map<String, Value>>,
    request_id: String,
    address: String,
    method: String,
    route: String,
    status: i16,
    action: String,
}

impl Row for AttemptRow {
    type Item = Entry;

    fn into_item(self) -> QueryResult<Entry> {
        Ok(Entry {
            id: self.id,
            at: Instant::from(self.at),
            actor: None,
            action: self.action,
            subject: None,
            details: self.details.0,
            request: Some(request(
                self.request_id,
                &self.address,
                self.method,
                self.route,
                self.status,
            )?),
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = refused_attempts)]
pub(super) struct NewAttempt<'a> {
    id: Uuid,
    at: OffsetDateTime,
    details: Json<&'a Map<String, Value>>,
    request_id: &'a str,
    address: String,
    method: &'a str,
    route: &'a str,
    status: i16,
    action: &'a str,
}

impl<'a> NewAttempt<'a> {
    /// The row of an entry that nobody known has made; there is none without a request.
    pub(super) fn of(entry: &'a Entry) -> QueryResult<Self> {
        let request = entry.request.as_ref().ok_or_else(unasked)?;
        Ok(Self {
            id: entry.id,
            at: entry.at.to_utc(),
            details: Json(&entry.details),
            request_id: &request.id,
            address: request.address.to_string(),
            method: &request.method,
            route: &request.route,
            // A status has three digits.
            status: request.status.cast_signed(),
            action: &entry.action,
        })
    }
}

fn unasked() -> Error {
    Error::SerializationError("a refused attempt has no request".into())
}
