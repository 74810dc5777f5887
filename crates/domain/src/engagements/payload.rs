//! The event `engagement.updated`.

use org_kernel::id::{ContactId, EngagementId, ProductionId};
use org_kernel::instant::Instant;
use serde::Serialize;

use super::Engagement;
use crate::desk::Told;
use crate::events::event;
use crate::record::Record;

/// An engagement, as its event shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EngagementPayload<'a> {
    id: EngagementId,
    production_id: ProductionId,
    contact_id: ContactId,
    role: &'a str,
    status: &'static str,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<Engagement>> for EngagementPayload<'a> {
    fn from(record: &'a Record<Engagement>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            production_id: facts.production_id,
            contact_id: facts.contact_id,
            role: facts.role.as_ref(),
            status: facts.status.as_str(),
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// A guest's engagement has another status.
    EngagementUpdated(EngagementPayload) = "engagement.updated"
}

impl Told for Engagement {
    type View<'a> = EngagementPayload<'a>;
    type Updated<'a> = EngagementUpdated<'a>;
}
