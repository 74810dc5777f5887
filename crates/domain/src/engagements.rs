//! Engagements: guests who are to play, sing or conduct in a production.

mod engagement;
mod payload;
mod status;

use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::audit::Journal;
use org_kernel::clock::Clock;
use org_kernel::event::Outbox;
use org_kernel::id::EngagementId;
use org_kernel::id_source::IdSource;

pub use engagement::Engagement;
pub use payload::{EngagementPayload, EngagementUpdated};
pub use status::EngagementStatus;

use crate::contacts::Contact;
use crate::desk::Desk;
use crate::productions::ProductionPlan;
use crate::record::Record;
use crate::transaction::{Holds, Keeps, NoSuchObject};

/// An engagement was not moved to another status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMoved {
    /// There is no such engagement.
    #[error("there is no such engagement")]
    NoSuchEngagement,
    /// An engagement does not go from the one status to the other.
    #[error("an engagement that is {from} does not become {to}")]
    OutOfOrder {
        /// The status it has.
        from: EngagementStatus,
        /// The status it was to have.
        to: EngagementStatus,
    },
}

impl From<NoSuchObject> for NotMoved {
    fn from(_: NoSuchObject) -> Self {
        Self::NoSuchEngagement
    }
}

/// What is done with engagements.
#[derive(Clone)]
pub struct Engagements {
    desk: Desk,
}

impl Engagements {
    /// Engagements of this time, under these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Notes that a guest is wanted. The production and the contact must be there.
    pub fn propose<T>(
        &self,
        tx: &mut T,
        engagement: &Engagement,
    ) -> Result<Record<Engagement>, WriteError<NoSuchObject>>
    where
        T: Keeps<Engagement> + Holds<ProductionPlan> + Holds<Contact> + Journal + ?Sized,
    {
        if !Holds::<ProductionPlan>::holds(tx, engagement.production_id)?
            || !Holds::<Contact>::holds(tx, engagement.contact_id)?
        {
            return Err(WriteError::Refused(NoSuchObject));
        }
        let engagement = self.desk.record(engagement.clone());
        tx.insert(&engagement)?;
        let at = engagement.created_at;
        let change = self.desk.change(at, "engagement.created", engagement.id);
        tx.note(change.between(None, &EngagementPayload::from(&engagement), &[])?)?;
        Ok(engagement)
    }

    /// Takes an engagement a step further; one that has this status already stays as it is.
    pub fn move_to<T>(
        &self,
        tx: &mut T,
        id: EngagementId,
        status: EngagementStatus,
    ) -> Result<Record<Engagement>, WriteError<NotMoved>>
    where
        T: Keeps<Engagement> + Journal + Outbox + ?Sized,
    {
        self.desk.update(tx, id, |engagement: &Engagement, _| {
            let from = engagement.status;
            if from != status && !from.may_become(status) {
                return Err(NotMoved::OutOfOrder { from, to: status });
            }
            Ok(Engagement {
                status,
                ..engagement.clone()
            })
        })
    }
}
