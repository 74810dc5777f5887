//! What requests leave in memory, and how it comes to be stored.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use org_auth::last_used::LastUsed;
use org_auth::refusals::Refusals;
use org_auth::traffic::TrafficNotes;
use org_auth::usage::Usage;
use org_kernel::{StoreError, chain};
use org_store::Pg;

use crate::background::{Again, Last, Worker, periodic};

/// How often what was noted is stored.
const STORED_EVERY: Duration = Duration::from_secs(2);

/// Everything that is noted beside the requests.
#[derive(Clone, Default)]
pub(super) struct Notes {
    pub(super) last_used: Arc<LastUsed>,
    pub(super) refusals: Arc<Refusals>,
    pub(super) usage: Arc<Usage>,
    pub(super) traffic: Arc<TrafficNotes>,
}

impl Notes {
    /// Stores what is noted from time to time, and once more at the end.
    pub(super) fn store_in(self, store: Arc<Pg>) -> io::Result<Worker> {
        let mut away = [false; 4];
        periodic("notes", STORED_EVERY, Last::Run, move || {
            for (away, (what, done)) in away.iter_mut().zip(self.flush(&store)) {
                if let (false, Err(error)) = (*away, &done) {
                    tracing::warn!(error = chain(error), "{what} wait to be stored");
                }
                *away = done.is_err();
            }
            let lost = self.refusals.take_lost();
            if lost > 0 {
                tracing::error!(lost, "more requests were refused than the trail could take");
            }
            Again::Yes
        })
    }

    /// Refusals come last: of them there may be so many that the others would wait.
    fn flush(&self, store: &Pg) -> [(&'static str, Result<usize, StoreError>); 4] {
        [
            ("the uses of keys", self.last_used.flush(store)),
            ("the days of keys", self.usage.flush(store)),
            ("the hours of organizations", self.traffic.flush(store)),
            ("refused requests", self.refusals.flush(store)),
        ]
    }
}
