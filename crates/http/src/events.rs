//! `GET /events`: the feed, for those who would rather pull than be sent webhooks.

mod event;
mod page;

use org_auth::scope::ReadOperations;
use org_kernel::field::{FromText, Invalid};
use org_kernel::id::EventId;
use utoipa::openapi::{RefOr, Schema};

use self::page::EventPage;
use crate::answer::Answer;
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Described, Input, whole_number};
use crate::route::About;
use crate::schemas::{self, Schemas};
use crate::tags;

pub(crate) const FEED: About = About {
    id: "listEvents",
    tag: tags::EVENTS,
    summary: "List events",
    description: "What happened, the oldest first, as webhooks are told of it, byte for byte. Ask for \
        what comes after the last event that you have, again and again, and you miss none and get none \
        twice. An event is here a moment after it happened.",
};

pub(crate) async fn feed(call: Call<ReadOperations, Where>) -> Result<Answer<EventPage>, Failure> {
    call.answer(|reads, org, Where { after, limit }| {
        let page = reads.feed.after(org, *after, limit.0)?;
        EventPage::try_from(page)
    })
    .await
}

/// Which events.
pub(crate) struct Where {
    after: Option<EventId>,
    limit: Limit,
}

const AFTER: &str =
    "Only events after this one: the last that you have. Without it, the first ones.";
const LIMIT: &str = "How many events are answered at the most.";

impl Input for Where {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        Some(Self {
            after: arguments.filter_id("after", AFTER),
            limit: arguments.filter("limit", LIMIT).unwrap_or(Limit::USUAL),
        })
    }
}

/// How many events.
struct Limit(u32);

impl Limit {
    const USUAL: Self = Self(100);
    const MOST: Self = Self(1000);
}

impl FromText for Limit {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        whole_number(text, Self::MOST.0).map(Self)
    }
}

impl Described for Limit {
    fn schema(_: &mut Schemas) -> RefOr<Schema> {
        schemas::whole_number(1, Self::MOST.0, Self::USUAL.0)
    }
}
