//! What reads are answered from: one store, or a copy of it.

use std::sync::Arc;

use org_domain::library::Library;
use org_domain::services::Timetable;
use org_kernel::event::EventFeed;

/// Everything that can be read of one store, as of the state that it has.
pub(crate) struct Reads {
    pub(crate) library: Arc<dyn Library>,
    pub(crate) timetable: Timetable,
    pub(crate) feed: Arc<dyn EventFeed>,
}

impl Reads {
    pub(crate) fn of(library: Arc<dyn Library>, feed: Arc<dyn EventFeed>) -> Self {
        Self {
            timetable: Timetable::new(library.clone(), library.clone()),
            library,
            feed,
        }
    }
}
