//! A production with all that belongs to it.

use super::{Production, ProgrammeItem};
use crate::checklist::ChecklistItem;
use crate::record::Record;
use crate::services::Service;

/// A production with its services, its programme and its checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductionDetail {
    /// The production.
    pub production: Record<Production>,
    /// Its services, by start, then by id.
    pub services: Vec<Record<Service>>,
    /// Its programme, in order.
    pub programme: Vec<ProgrammeItem>,
    /// Its checklist, by position.
    pub checklist: Vec<Record<ChecklistItem>>,
}
