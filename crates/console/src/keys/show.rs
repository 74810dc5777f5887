//! One key: its facts, how much it is used, and what it was refused.

use askama::Template;
use org_auth::api_key::{ApiKey, KeyStatus};
use org_auth::rate::Class;
use org_auth::refusals::KEPT_FOR;
use org_kernel::StoreError;
use org_kernel::id::KeyId;

use super::Standing;
use super::activity::{self, Activity, DAYS};
use super::curl::Example;
use super::refused::{self, Refused};
use crate::authors::Authors;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "keys/show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    standing: Standing,
    author: String,
    /// The name and the path of the key that took its place.
    successor: Option<(String, String)>,
    can_be_rotated: bool,
    can_be_revoked: bool,
    /// A request to begin with, for a key that works.
    example: Option<Example>,
    activity: Activity,
    refused: Vec<Refused>,
    key: ApiKey,
}

impl ShowPage {
    fn reads(&self) -> u32 {
        self.key.limits.of(Class::Read)
    }

    fn writes(&self) -> u32 {
        self.key.limits.of(Class::Write)
    }
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let (org, id, now): (_, KeyId, _) = (visit.org(), visit.id("key")?, visit.now());
    let today = now.to_utc().date();
    let found = visit.ask::<_, StoreError, Refusal>(move |console| {
        let ports = &console.ports;
        let Some(key) = ports.keys.find(org, id)? else {
            return Ok(None);
        };
        let successor = key.replaced_by.map(|id| ports.keys.find(org, id));
        let days = ports.usage.of_key(org, id, activity::since(today))?;
        let refused = ports.trail.entries(&refused::query(org, id))?;
        let author = Authors::of(console, org, [key.created_by])?.name(key.created_by);
        Ok(Some((
            key,
            successor.transpose()?.flatten(),
            days,
            refused,
            author,
        )))
    });
    let (key, successor, days, refused, author) = found.await?.ok_or(Refusal::NotFound)?;
    let frame = visit.frame(key.name.to_string(), Section::Keys);
    let status = key.status(now);
    let base = super::api(&visit, &key);
    page(&ShowPage {
        path: super::path(id),
        standing: Standing::of(&key, now),
        author,
        successor: successor.map(|key| (key.name.to_string(), super::path(key.id))),
        can_be_rotated: matches!(status, KeyStatus::Active | KeyStatus::ExpiresSoon),
        can_be_revoked: status != KeyStatus::Revoked,
        example: key
            .works_at(now)
            .then(|| Example::with_variable(&base, key.scopes)),
        activity: Activity::of(&days, today, &frame.local),
        refused: refused.into_iter().filter_map(Refused::of).collect(),
        frame,
        key,
    })
}
