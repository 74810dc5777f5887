//! Tours: journeys of the orchestra.

mod payload;
mod query;
mod tour;

use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::audit::Journal;
use org_kernel::clock::Clock;
use org_kernel::event::Outbox;
use org_kernel::id::TourId;
use org_kernel::id_source::IdSource;

pub use payload::{TourPayload, TourUpdated};
pub use query::TourQuery;
pub use tour::{DayType, Leg, Tour, TourStatus};

use crate::desk::Desk;
use crate::record::Record;
use crate::transaction::{Keeps, NoSuchObject};

/// What is done with tours.
#[derive(Clone)]
pub struct Tours {
    desk: Desk,
}

impl Tours {
    /// Tours of this time, whose events have these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Replaces all that is known of a tour.
    pub fn update<T>(
        &self,
        tx: &mut T,
        id: TourId,
        tour: &Tour,
    ) -> Result<Record<Tour>, WriteError<NoSuchObject>>
    where
        T: Keeps<Tour> + Journal + Outbox + ?Sized,
    {
        self.desk.update(tx, id, |_, _| Ok(tour.clone()))
    }
}
