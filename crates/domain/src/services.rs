//! Services: rehearsals, concerts, and whatever else players are called to.

mod payload;
mod query;
mod service;
mod timetable;
mod window;

use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::audit::Journal;
use org_kernel::clock::Clock;
use org_kernel::event::Outbox;
use org_kernel::id::ServiceId;
use org_kernel::id_source::IdSource;

pub use payload::{ServicePayload, ServiceUpdated};
pub use query::ServiceQuery;
pub use service::{Service, ServiceStatus, ServiceType};
pub use timetable::{Timetable, TimetableError};
pub use window::{Edge, Window};

use crate::desk::Desk;
use crate::record::Record;
use crate::transaction::{Keeps, NoSuchObject};

/// What is done with services.
#[derive(Clone)]
pub struct Services {
    desk: Desk,
}

impl Services {
    /// Services of this time, whose events have these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Replaces all that is known of a service.
    pub fn update<T>(
        &self,
        tx: &mut T,
        id: ServiceId,
        service: &Service,
    ) -> Result<Record<Service>, WriteError<NoSuchObject>>
    where
        T: Keeps<Service> + Journal + Outbox + ?Sized,
    {
        self.desk.update(tx, id, |_, _| Ok(service.clone()))
    }
}
