//! Some events, as they are answered.

use org_kernel::event::FeedPage;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

use super::event::Event;
use crate::answer::{Data, Item};
use crate::failure::Failure;
use crate::schemas::Schemas;

/// Some events, each in the very bytes that were stored.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventPage {
    items: Vec<Box<RawValue>>,
    has_more: bool,
}

impl TryFrom<FeedPage> for EventPage {
    type Error = Failure;

    /// Fails when what was stored is no JSON.
    fn try_from(page: FeedPage) -> Result<Self, Failure> {
        let items = page.payloads.into_iter().map(RawValue::from_string);
        Ok(Self {
            items: items.collect::<Result<_, _>>().map_err(Failure::internal)?,
            has_more: page.has_more,
        })
    }
}

impl Data for EventPage {
    fn schema(schemas: &mut Schemas) -> RefOr<Schema> {
        let has_more = ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::Boolean))
            .description(Some("Whether there are more events after these by now."));
        ObjectBuilder::new()
            .property("items", ArrayBuilder::new().items(schemas.refer::<Event>()))
            .property("hasMore", has_more)
            .required("items")
            .required("hasMore")
            .into()
    }

    fn example() -> Self {
        let event = to_raw_value(&<Event as Item>::example()).expect("plain data is JSON");
        Self {
            items: vec![event],
            has_more: false,
        }
    }
}
