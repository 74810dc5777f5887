//! Productions: what an orchestra puts on, with its programme.

mod detail;
mod payload;
mod production;
mod programme;
mod query;

use std::sync::Arc;

use org_kernel::audit::Journal;
use org_kernel::clock::Clock;
use org_kernel::event::Outbox;
use org_kernel::id::ProductionId;
use org_kernel::id_source::IdSource;
use org_kernel::{StoreError, WriteError};

pub use detail::ProductionDetail;
pub use payload::{ProductionCreated, ProductionPayload, ProductionUpdated};
pub use production::{Production, ProductionStatus, ProductionType};
pub use programme::{ProductionPlan, ProgrammeItem, ProgrammeItemKind};
pub use query::ProductionQuery;

use crate::desk::{Desk, Replaced};
use crate::record::Record;
use crate::transaction::{Keeps, NoSuchObject};

/// What is done with productions.
#[derive(Clone)]
pub struct Productions {
    desk: Desk,
}

impl Productions {
    /// Productions of this time, under these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Adds a production with its programme, whose works must be there.
    pub fn create<T>(
        &self,
        tx: &mut T,
        plan: &ProductionPlan,
    ) -> Result<Record<ProductionPlan>, StoreError>
    where
        T: Keeps<ProductionPlan> + Journal + Outbox + ?Sized,
    {
        let plan = self.desk.record(plan.clone());
        tx.insert(&plan)?;
        let listed = plan.map(|plan| plan.production.clone());
        let of = (plan.created_at, plan.id);
        let payload = ProductionPayload::from(&listed);
        self.desk
            .tell::<ProductionCreated<'_>, _>(tx, of, None, payload)?;
        Ok(plan)
    }

    /// Replaces all that is known of a production, and its programme. Of a change in the programme
    /// alone, the trail and the event tell that there was one, and not which.
    pub fn update<T>(
        &self,
        tx: &mut T,
        id: ProductionId,
        plan: &ProductionPlan,
    ) -> Result<Record<ProductionPlan>, WriteError<NoSuchObject>>
    where
        T: Keeps<ProductionPlan> + Journal + Outbox + ?Sized,
    {
        let replaced = self.desk.replace(tx, id, |_, _| Ok(plan.clone()))?;
        let (before, plan) = match replaced {
            Replaced::Unchanged(plan) => return Ok(plan),
            Replaced::Changed { before, now } => (before, now),
        };
        let listed = |plan: &Record<ProductionPlan>| plan.map(|plan| plan.production.clone());
        let (before, after) = (listed(&before), listed(&plan));
        let (old, new) = (
            ProductionPayload::from(&before),
            ProductionPayload::from(&after),
        );
        let of = (plan.updated_at, id);
        self.desk
            .tell::<ProductionUpdated<'_>, _>(tx, of, Some(&old), new)?;
        Ok(plan)
    }
}
