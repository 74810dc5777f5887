//! One refused request, or one sign-in that was refused.

use org_kernel::actor::Actor;
use org_kernel::audit::{Entry, Request, Subject};
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use serde_json::Map;
use uuid::Uuid;

use crate::scope::Scope;
use crate::user::UserRef;
use crate::verifier::Holder;

/// A request that was refused for its key, or for want of a scope; or one that was to let somebody in and
/// did not.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedRequest {
    org: Option<OrgId>,
    key: Option<KeyId>,
    entry: Entry,
}

impl RefusedRequest {
    /// What refused requests are called in the trail.
    pub const ACTION: &'static str = "request.refused";

    /// What refused sign-ins are called in the trail.
    pub const SIGN_IN: &'static str = "session.refused";

    /// Both.
    pub const ACTIONS: [&'static str; 2] = [Self::ACTION, Self::SIGN_IN];

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
        Self {
            org: holder.map(|holder| holder.org),
            key: holder.map(|holder| holder.key),
            entry,
        }
    }

    /// A sign-in that was refused: at which `door`, and `why`, each in a word or two. `user` is whom it
    /// was for, if there is such a user; who has made it nobody knows.
    pub fn sign_in(
        (id, at): (Uuid, Instant),
        user: Option<UserRef>,
        (door, why): (&'static str, &'static str),
        request: Request,
    ) -> Self {
        let details = [("door", door), ("why", why)];
        let entry = Entry {
            id,
            at,
            actor: None,
            action: Self::SIGN_IN.to_owned(),
            subject: user.map(|user| Subject::from(user.id)),
            details: details
                .map(|(name, value)| (name.to_owned(), value.into()))
                .into_iter()
                .collect(),
            request: Some(request),
        };
        Self {
            org: user.map(|user| user.org),
            key: None,
            entry,
        }
    }

    /// Whose trail it belongs to; nobody's, when nobody could say whose the key is, or who was meant.
    pub const fn org(&self) -> Option<OrgId> {
        self.org
    }

    /// The key that it bore, if that is known.
    pub(super) const fn key(&self) -> Option<KeyId> {
        self.key
    }

    /// As it stands in the trail. Its actor is the key, where one is known.
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }
}
