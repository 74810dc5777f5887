//! What was last refused to a key, as the audit trail tells of it.

use org_auth::refusals::RefusedRequest;
use org_kernel::actor::Actor;
use org_kernel::audit::{Action, Entry, EntryQuery, Order};
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;

/// So many are shown.
const SHOWN: u32 = 10;

/// One request that was refused.
pub(super) struct Refused {
    pub(super) at: Instant,
    /// The published code, and the scope that was missing, if one was.
    pub(super) code: String,
    pub(super) required: Option<String>,
    pub(super) status: u16,
    /// `GET /api/org/v1/{slug}/works`.
    pub(super) route: String,
    pub(super) address: String,
}

/// The newest that the key was refused.
pub(super) fn query(org: OrgId, key: KeyId) -> EntryQuery {
    EntryQuery {
        org: Some(org),
        actor: Some(Actor::Key(key)),
        action: Some(Action::One(RefusedRequest::ACTION.to_owned())),
        order: Order::NewestFirst,
        limit: SHOWN,
        ..EntryQuery::default()
    }
}

impl Refused {
    /// As far as the entry tells of a request, which every refusal does.
    pub(super) fn of(entry: Entry) -> Option<Self> {
        let request = entry.request?;
        let text = |name| Some(entry.details.get(name)?.as_str()?.to_owned());
        Some(Self {
            at: entry.at,
            code: text("code").unwrap_or_default(),
            required: text("required"),
            status: request.status,
            route: format!("{} {}", request.method, request.route),
            address: request.address.to_string(),
        })
    }
}
