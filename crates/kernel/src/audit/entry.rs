//! One entry of the trail.

use std::net::IpAddr;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Change, Origin, Request, Subject};
use crate::actor::Actor;
use crate::instant::Instant;

/// One row of the trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id; entries of one time are in the order of their ids.
    pub id: Uuid,
    /// When.
    pub at: Instant,
    /// Who, if that is known: the bearer of a made-up key is nobody.
    pub actor: Option<Actor>,
    /// What was done: `contact.created`, or `request.refused`.
    pub action: String,
    /// To what.
    pub subject: Option<Subject>,
    /// What there is to say of it.
    pub details: Map<String, Value>,
    /// By which request.
    pub request: Option<Request>,
}

impl Entry {
    /// A change and where it comes from.
    pub fn of(change: Change, origin: &Origin) -> Self {
        Self {
            id: change.id,
            at: change.at,
            actor: Some(origin.actor),
            action: change.action.to_owned(),
            subject: Some(change.subject),
            details: change.details,
            request: origin.request.clone(),
        }
    }

    /// The address of the request.
    pub fn address(&self) -> Option<IpAddr> {
        self.request.as_ref().map(|request| request.address)
    }
}
