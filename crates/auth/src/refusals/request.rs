//! One refused request.

use org_kernel::actor::Actor;
use org_kernel::audit::{Entry, Request};
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use serde_json::Map;
use uuid::Uuid;

use crate::scope::Scope;
use crate::verifier::Holder;

/// A request that was refused for its key, or for want of a scope.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedRequest {
    holder: Option<Holder>,
    entry: Entry,
}

impl RefusedRequest {
    /// What refused requests are called in the trail.
    pub const ACTION: &'static str = "request.refused";

    /// A request that was refused with the published `code`, for want of the scope `required` if it
    /// was that; `holder` says whose key it bore, if that is known.
    pub fn new(
        (id, at): (Uuid, Instant),
        holder: Option<Holder>,
        code: &'static str,
        required: Option<Scope>,
        request: Request,
    ) -> Self {
        let mut details = Map::new();
        details.insert("code".to_owned(), code.into());
        if let Some(scope) = required {
            details.insert("required".to_owned(), scope.as_str().into());
        }
        let entry = Entry {
            id,
            at,
            actor: holder.map(|holder| Actor::Key(holder.key)),
            action: Self::ACTION.to_owned(),
            subject: None,
            details,
            request: Some(request),
        };
        Self { holder, entry }
    }

    /// Whose trail it belongs to; nobody's, when nobody could say whose the key is.
    pub fn org(&self) -> Option<OrgId> {
        self.holder.map(|holder| holder.org)
    }

    /// The key that it bore, if that is known.
    pub(super) fn key(&self) -> Option<KeyId> {
        self.holder.map(|holder| holder.key)
    }

    /// As it stands in the trail. Its actor is the key, where there is an organization.
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }
}
