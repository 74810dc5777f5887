//! A row of `audit_log`.

use diesel::prelude::*;
use diesel::result::Error;
use org_auth::refusals::RefusedRequest;
use org_kernel::audit::{Entry, Request, Subject};
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::request;
use crate::columns::{Json, Row, actor, actor_columns};
use crate::error::corrupt;
use crate::schema::audit_log;

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_log)]
pub(super) struct EntryRow {
    id: Uuid,
    at: OffsetDateTime,
    actor_kind: Option<String>,
    actor_id: Option<Uuid>,
    action: String,
    subject_type: Option<String>,
    subject_id: Option<Uuid>,
    details: Json<Map<String, Value>>,
    #[diesel(embed)]
    request: RequestRow,
}

impl Row for EntryRow {
    type Item = Entry;

    fn into_item(self) -> QueryResult<Entry> {
        let actor = match self.actor_kind {
            Some(kind) => {
                let actor = actor(&kind, self.actor_id);
                Some(actor.ok_or_else(|| corrupt("actor of an audit entry"))?)
            }
            None => None,
        };
        let subject = self.subject_type.zip(self.subject_id);
        Ok(Entry {
            id: self.id,
            at: Instant::from(self.at),
            actor,
            action: self.action,
            subject: subject.map(|(kind, id)| Subject { kind, id }),
            details: self.details.0,
            request: self.request.into_item()?,
        })
    }
}

/// The columns that tell of a request: all of them, or none.
#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_log)]
pub(super) struct RequestRow {
    request_id: Option<String>,
    address: Option<String>,
    method: Option<String>,
    route: Option<String>,
    status: Option<i16>,
}

impl Row for RequestRow {
    type Item = Option<Request>;

    fn into_item(self) -> QueryResult<Option<Request>> {
        let (Some(id), Some(address), Some(method), Some(route), Some(status)) = (
            self.request_id,
            self.address,
            self.method,
            self.route,
            self.status,
        ) else {
            return Ok(None);
        };
        request(id, &address, method, route, status).map(Some)
    }
}

#[derive(Insertable)]
#[diesel(table_name = audit_log, treat_none_as_default_value = false)]
pub(crate) struct NewEntry<'a> {
    org_id: Uuid,
    id: Uuid,
    at: OffsetDateTime,
    actor_kind: Option<&'static str>,
    actor_id: Option<Uuid>,
    action: &'a str,
    subject_type: Option<&'a str>,
    subject_id: Option<Uuid>,
    details: Json<&'a Map<String, Value>>,
    request_id: Option<&'a str>,
    address: Option<String>,
    method: Option<&'a str>,
    route: Option<&'a str>,
    status: Option<i16>,
}

impl<'a> NewEntry<'a> {
    /// The row of an entry. Only whoever was not let in is nobody; of anything else without an actor there
    /// is no row, because it belongs to no organization.
    pub(crate) fn of(org: OrgId, entry: &'a Entry) -> QueryResult<Self> {
        if entry.actor.is_none() && entry.action != RefusedRequest::SIGN_IN {
            return Err(nobodys());
        }
        let actor = entry.actor.map(actor_columns);
        let (actor_kind, actor_id) = actor.unzip();
        let (subject, request) = (entry.subject.as_ref(), entry.request.as_ref());
        Ok(Self {
            org_id: org.uuid(),
            id: entry.id,
            at: entry.at.to_utc(),
            actor_kind,
            actor_id: actor_id.flatten(),
            action: &entry.action,
            subject_type: subject.map(|subject| subject.kind.as_str()),
            subject_id: subject.map(|subject| subject.id),
            details: Json(&entry.details),
            request_id: request.map(|request| request.id.as_str()),
            address: request.map(|request| request.address.to_string()),
            method: request.map(|request| request.method.as_str()),
            route: request.map(|request| request.route.as_str()),
            // A status has three digits.
            status: request.map(|request| request.status.cast_signed()),
        })
    }
}

fn nobodys() -> Error {
    Error::SerializationError("an organization's audit entry has no actor".into())
}
