//! What the audit trail tells of a key.

use org_kernel::instant::Instant;
use serde::Serialize;

use crate::api_key::NewKey;
use crate::rate::PerMinute;
use crate::scope::Scope;

/// A key without what finds it, or shows a part of its secret.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told<'a> {
    name: &'a str,
    scopes: Vec<&'static str>,
    reads_per_minute: Option<u32>,
    writes_per_minute: Option<u32>,
    expires_at: Option<Instant>,
}

impl<'a> Told<'a> {
    pub(super) fn of(key: &'a NewKey) -> Self {
        Self {
            name: key.name.as_str(),
            scopes: key.scopes.iter().map(Scope::as_str).collect(),
            reads_per_minute: key.limits.reads.map(PerMinute::get),
            writes_per_minute: key.limits.writes.map(PerMinute::get),
            expires_at: key.expires_at,
        }
    }
}
