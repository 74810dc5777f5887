//! Productions: what an orchestra puts on, with its programme.

mod detail;
mod payload;
mod production;
mod programme;
mod query;

pub use detail::ProductionDetail;
pub use payload::{ProductionCreated, ProductionPayload, ProductionUpdated};
pub use production::{Production, ProductionStatus, ProductionType};
pub use programme::{ProductionPlan, ProgrammeItem, ProgrammeItemKind};
pub use query::ProductionQuery;
