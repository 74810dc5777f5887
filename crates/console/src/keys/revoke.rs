//! Ending a key for good.

use askama::Template;
use org_auth::api_key::ApiKey;
use org_auth::key_store::RevokeError;
use org_kernel::id::KeyId;

use super::Standing;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, done, page};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "keys/revoke.html")]
struct RevokePage {
    frame: Frame,
    key: ApiKey,
    path: String,
    /// Where the form is sent.
    action: String,
    works: bool,
    standing: Standing,
}

pub(crate) async fn confirm(visit: Visit<Admin>) -> Answer {
    let key = super::named(&visit).await?;
    let now = visit.now();
    page(&RevokePage {
        frame: visit.frame(format!("Revoke {}", key.name), Section::Keys),
        path: super::path(key.id),
        action: format!("{}/revoke", super::path(key.id)),
        works: key.works_at(now),
        standing: Standing::of(&key, now),
        key,
    })
}

/// One that is revoked already stays revoked, and that is what was asked for.
pub(crate) async fn revoke(visit: Visit<Admin>) -> Answer {
    let (id, origin): (KeyId, _) = (visit.id("key")?, visit.origin());
    let target = (visit.org(), id);
    let revoked = visit.attempt(move |console| console.ports.keys.revoke(target, &origin));
    match revoked.await? {
        Ok(key) => done(&super::path(key.id), "key-revoked"),
        Err(RevokeError::NoSuchKey) => Err(Refusal::NotFound),
        Err(RevokeError::Store(failure)) => Err(failure.into()),
    }
}
