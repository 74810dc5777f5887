//! Facts that are kept under an id.

use std::fmt::Debug;

use org_kernel::id::{Id, Kind};
use org_kernel::instant::Instant;

/// What can be known of one thing, apart from its id and its times.
pub trait Facts: Clone + Debug + PartialEq {
    /// What the thing's id identifies.
    type Kind: Kind + Copy + Debug + Eq;
}

/// Facts under an id, with the times of their making and their last change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<F: Facts> {
    /// The id, unique within the organization.
    pub id: Id<F::Kind>,
    /// What is known.
    pub facts: F,
    /// When the record was made.
    pub created_at: Instant,
    /// When the facts last changed.
    pub updated_at: Instant,
}

impl<F: Facts> Record<F> {
    /// The same record, with the facts that `view` makes of its own.
    pub fn map<G: Facts<Kind = F::Kind>>(&self, view: impl FnOnce(&F) -> G) -> Record<G> {
        Record {
            id: self.id,
            facts: view(&self.facts),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}
