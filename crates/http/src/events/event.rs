//! An event, for the documentation: what is answered was written when it happened.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::answer::Item;
use crate::productions::Production;
use crate::wire::{EventId, Instant};

/// Something that happened, as webhooks are told of it too.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    id: EventId,
    /// What happened; `agent.json` has every type.
    r#type: &'static str,
    /// When it happened.
    created_at: Instant,
    /// What it happened to, as the API showed it then.
    #[schema(value_type = Object)]
    data: Value,
}

impl Item for Event {
    fn example() -> Self {
        Self {
            id: EventId::example(),
            r#type: "production.created",
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            data: json!(Production::example()),
        }
    }
}
