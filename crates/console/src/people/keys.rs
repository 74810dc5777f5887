//! The keys that a person made: they belong to the organization, and go on working when the person is gone.

use org_auth::api_key::ApiKey;
use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::id::UserId;

use crate::keys::path;
use crate::refusal::Refusal;
use crate::visit::Visit;

/// A key that works, as the pages of a person name it.
pub(super) struct MadeKey {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) prefix: String,
}

impl MadeKey {
    fn of(key: &ApiKey) -> Self {
        Self {
            path: path(key.id),
            name: key.name.to_string(),
            prefix: key.prefix.as_str().to_owned(),
        }
    }
}

/// Those that work now, in the order in which they were made.
pub(super) async fn working<R>(visit: &Visit<R>, by: UserId) -> Result<Vec<MadeKey>, Refusal> {
    let (org, now) = (visit.org(), visit.now());
    let keys = visit.ask::<_, StoreError, Refusal>(move |console| console.ports.keys.list(org));
    let is_theirs = |key: &&ApiKey| key.created_by == Actor::User(by) && key.works_at(now);
    Ok(keys
        .await?
        .iter()
        .filter(is_theirs)
        .map(MadeKey::of)
        .collect())
}
