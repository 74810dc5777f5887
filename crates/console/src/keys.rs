//! API keys: which there are and what they do, making them, rotating them and ending them.
//!
//! The secret of a key is shown on the page that answers its making, and nowhere else. A form that makes
//! a key brings the id that the key is to have, so that a form that is sent twice makes one key.

mod activity;
mod create;
mod curl;
mod list;
mod made;
mod refused;
mod request;
mod revoke;
mod rotate;
mod show;
mod standing;
#[cfg(test)]
mod tests;
mod too_late;

use org_auth::api_key::ApiKey;
use org_kernel::id::KeyId;

pub(crate) use create::{create, form as new};
pub(crate) use list::list;
pub(crate) use revoke::{confirm as confirm_revocation, revoke};
pub(crate) use rotate::{form as rotation, rotate};
pub(crate) use show::show;
pub(crate) use standing::Standing;

use crate::refusal::Refusal;
use crate::visit::Visit;

/// The key that the path names.
async fn named<R>(visit: &Visit<R>) -> Result<ApiKey, Refusal> {
    let (org, key): (_, KeyId) = (visit.org(), visit.id("key")?);
    let found = visit.ask::<_, _, Refusal>(move |console| console.ports.keys.find(org, key));
    found.await?.ok_or(Refusal::NotFound)
}

/// Where the API of a key's organization is, without a slash at its end.
fn api<R>(visit: &Visit<R>, key: &ApiKey) -> String {
    visit.site.url(&format!("/api/org/v1/{}", key.org_slug))
}

/// Where a key has its page.
pub(crate) fn path(key: KeyId) -> String {
    format!("/settings/keys/{key}")
}
