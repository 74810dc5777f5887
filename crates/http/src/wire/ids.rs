//! Ids in the form of TypeID.

use std::fmt;

use org_kernel::id::{self, Id, Kind, kind};
use serde::Serialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use crate::input::Described;
use crate::schemas::{self, Schemas};

macro_rules! ids {
    ($($name:ident = $kind:ty, $description:literal;)+) => {
        $(
            #[derive(Clone, Copy, Debug, Serialize)]
            #[serde(transparent)]
            pub(crate) struct $name(id::$name);

            impl $name {
                /// An id for examples.
                pub(crate) fn example() -> Self {
                    Self(example())
                }
            }

            impl From<id::$name> for $name {
                fn from(id: id::$name) -> Self {
                    Self(id)
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    form::<$kind>($description)
                }
            }

            impl ToSchema for $name {}

            impl Described for id::$name {
                fn schema(schemas: &mut Schemas) -> RefOr<Schema> {
                    schemas.refer::<$name>()
                }
            }
        )+
    };
}

ids! {
    BookingId = kind::Booking, "The id of a booking.";
    ChecklistItemId = kind::ChecklistItem, "The id of an item of a checklist.";
    ContactId = kind::Contact, "The id of a contact.";
    EventId = kind::Event, "The id of an event; also the `webhook-id` of its deliveries.";
    InstrumentId = kind::Instrument, "The id of an instrument.";
    MemberId = kind::Member, "The id of a membership.";
    OrgId = kind::Org, "The id of an organization.";
    PerformanceId = kind::Performance, "The id of a performance.";
    ProductionId = kind::Production, "The id of a production.";
    ReportId = kind::Report, "The id of a report.";
    RequestId = kind::Request, "The id of a member's request.";
    ResourceId = kind::Resource, "The id of a resource.";
    ServiceId = kind::Service, "The id of a service.";
    TourId = kind::Tour, "The id of a tour.";
    WorkId = kind::Work, "The id of a work.";
}

fn form<K: Kind>(description: &str) -> RefOr<Schema> {
    schemas::text(&example::<K>().to_string())
        .description(Some(description))
        .pattern(Some(format!(
            "^{}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$",
            K::PREFIX
        )))
        .into()
}

fn example<K: Kind>() -> Id<K> {
    Id::new(example_uuid())
}

/// What all ids in examples are made of.
pub(crate) fn example_uuid() -> Uuid {
    Uuid::from_u128(0x0199_0f3c_51d7_7c2a_8e64_3b0d_9a51_c7e2)
}
