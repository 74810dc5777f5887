//! Rotating a key: another takes its place, and it goes on working for a while.

use askama::Template;
use org_auth::api_key::{ApiKey, KeyStatus};
use org_auth::api_keys::{Overlap, RotateError, RotateRequest};
use org_kernel::id::KeyId;
use org_kernel::instant::Instant;

use super::made::{self, Made, Replaced};
use super::too_late;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, page};
use crate::visit::{Admin, Visit};

const REVOKED: &str = "It was revoked, so it works nowhere. Make a new key instead.";
const EXPIRED: &str = "It has expired, so it works nowhere. Make a new key instead.";
const REPLACED: &str =
    "It was rotated already. To rotate it once more, rotate the key that took its place.";

/// The choices of how long the old key goes on working, and their words.
const OVERLAPS: [(Overlap, &str); 4] = [
    (Overlap::Nothing, "Not at all: it is refused from now on"),
    (Overlap::Hour, "One hour"),
    (Overlap::Day, "24 hours"),
    (Overlap::Week, "Seven days"),
];

/// What is chosen unless something else is.
const USUAL: Overlap = Overlap::Day;

#[derive(Template)]
#[template(path = "keys/rotate.html")]
struct RotatePage {
    frame: Frame,
    /// Where the form is sent.
    action: String,
    rotation: Form,
    key: ApiKey,
    id: KeyId,
}

impl RotatePage {
    fn of(visit: &Visit<Admin>, rotation: Form, key: ApiKey, id: KeyId) -> Self {
        let title = format!("Rotate {}", key.name);
        Self {
            frame: visit.frame(title, Section::Keys),
            action: format!("{}/rotate", super::path(key.id)),
            rotation,
            key,
            id,
        }
    }
}

pub(crate) async fn form(visit: Visit<Admin>) -> Answer {
    let key = super::named(&visit).await?;
    let why_not = match key.status(visit.now()) {
        KeyStatus::Revoked => Some(REVOKED),
        KeyStatus::Replaced => Some(REPLACED),
        KeyStatus::Expired => Some(EXPIRED),
        KeyStatus::Active | KeyStatus::ExpiresSoon => None,
    };
    if let Some(words) = why_not {
        return too_late::not_to_be_rotated(&visit, words, &key);
    }
    let rotation = Form::filled([("overlap", USUAL.to_string())]);
    let id = visit.console.ports.ids.next();
    page(&RotatePage::of(&visit, rotation, key, id))
}

pub(crate) async fn rotate(visit: Visit<Admin>) -> Answer {
    let key = super::named(&visit).await?;
    let id = visit.id_to_be(KeyId::uuid)?;
    let mut form = Form::of(visit.form().clone());
    let Some(overlap) = form.required("overlap") else {
        return again(&RotatePage::of(&visit, form, key, id));
    };
    let request = RotateRequest {
        id: Some(id),
        overlap,
    };
    let (target, origin) = ((visit.org(), key.id), visit.origin_shown());
    let rotated = visit.attempt(move |console| console.ports.keys.rotate(target, request, &origin));
    match rotated.await? {
        Ok(issued) => {
            let made = Made::InsteadOf(replaced(&key, overlap, visit.now()));
            made::show(&visit, "API key rotated", made, &issued)
        }
        Err(RotateError::AlreadyIssued) => too_late::made_already(&visit, id).await,
        Err(RotateError::NoSuchKey) => Err(Refusal::NotFound),
        Err(RotateError::Revoked) => too_late::not_to_be_rotated(&visit, REVOKED, &key),
        Err(RotateError::Expired) => too_late::not_to_be_rotated(&visit, EXPIRED, &key),
        Err(RotateError::AlreadyRotated { .. }) => {
            too_late::not_to_be_rotated(&visit, REPLACED, &key)
        }
        Err(RotateError::NoEntropy(cause)) => Err(Refusal::internal(cause)),
        Err(RotateError::Store(failure)) => Err(failure.into()),
    }
}

/// What has become of the old key.
fn replaced(old: &ApiKey, overlap: Overlap, now: Instant) -> Replaced {
    let end = now.saturating_add(overlap.duration());
    let end = old.expires_at.map_or(end, |expiry| expiry.min(end));
    Replaced {
        name: old.name.to_string(),
        path: super::path(old.id),
        until: Some(end).filter(|end| *end > now),
    }
}
