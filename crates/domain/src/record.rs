//! Facts that are kept under an id.

use org_kernel::id::{Id, Kind};
use org_kernel::instant::Instant;

/// What can be known of one thing, apart from its id and its times.
pub trait Facts: Clone + PartialEq {
    /// What the thing's id identifies.
    type Kind: Kind;
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
