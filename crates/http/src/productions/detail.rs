//! A production with all that belongs to it.

use org_domain::productions as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::Production;
use super::checklist::ChecklistItem;
use super::programme::ProgrammeItem;
use crate::answer::Item;
use crate::services::Service;

/// A production with its services, its programme and its checklist.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductionDetail {
    #[serde(flatten)]
    production: Production,
    /// By start, then by id.
    services: Vec<Service>,
    /// In order.
    programme: Vec<ProgrammeItem>,
    /// By position.
    checklist: Vec<ChecklistItem>,
}

impl From<domain::ProductionDetail> for ProductionDetail {
    fn from(detail: domain::ProductionDetail) -> Self {
        Self {
            production: detail.production.into(),
            services: detail.services.into_iter().map(Into::into).collect(),
            programme: ProgrammeItem::list(detail.programme),
            checklist: detail.checklist.into_iter().map(Into::into).collect(),
        }
    }
}

impl Item for ProductionDetail {
    fn example() -> Self {
        Self {
            production: Production::example(),
            services: vec![Service::example()],
            programme: vec![ProgrammeItem::example()],
            checklist: vec![ChecklistItem::example()],
        }
    }
}
