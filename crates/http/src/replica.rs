//! Reads that are answered by a replica of the database, where there is one.
//!
//! The primary is asked instead in three cases. The key has just *written*, and is to read what it wrote.
//! The replica is *away*: somebody looks at it all the time, says [`Replica::seen`] while it does well and
//! [`Replica::lost`] when it does not, and a look that is not repeated goes stale by itself; whoever waits
//! for an answer when it is lost waits no longer. Or it has *failed* at the question, whatever the reason:
//! what stands on the replica may be older than what the question names, and a statement may be cancelled
//! because of what the replica follows. So a failure of the replica is nobody's answer.
//!
//! It has threads of its own, so that a slow replica takes none of the primary's.

use std::error::Error;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use org_auth::recent_writers::RecentWriters;
use org_domain::library::Library;
use org_kernel::event::EventFeed;
use org_kernel::id::KeyId;
use org_kernel::{StoreError, chain};
use org_web::Blocking;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::api::places::Places;
use crate::failure::Failure;
use crate::reads::Reads;

/// For how long a replica counts as well once it was seen to be.
pub const GOOD_FOR: Duration = Duration::from_millis(2500);

/// What is built on a replica.
pub struct ReplicaPorts {
    /// Everything that can be read, as the replica has it.
    pub library: Arc<dyn Library>,
    /// Everything that happened, as the replica has it.
    pub feed: Arc<dyn EventFeed>,
    /// The keys whose reads are not for the replica.
    pub writers: Arc<RecentWriters>,
    /// Tells the other servers of a key that has written; must not block.
    pub tell: Box<dyn Fn(KeyId) + Send + Sync>,
    /// How many connections to the replica there are.
    pub connections: NonZeroU32,
    /// How long a read waits for its turn to ask the replica before it asks the primary.
    pub wait: Duration,
}

/// How reads were answered since the server began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplicaFigures {
    /// By the replica.
    pub on_replica: u64,
    /// By the primary, because the key had just written, or might have.
    pub own_writes: u64,
    /// By the primary, because the replica was away.
    pub away: u64,
    /// By the primary, because the replica had failed at it.
    pub failed: u64,
    /// Whether the replica is well at present.
    pub is_well: bool,
    /// How far it was behind when it was looked at last, at the most; none if that is not known.
    pub lag: Option<Duration>,
}

/// How many reads wait for each connection; those beyond go where the others go.
const WAITING_FOR_EACH: usize = 16;

/// A replica that reads may go to.
pub struct Replica {
    reads: Arc<Reads>,
    places: Blocking,
    writers: Arc<RecentWriters>,
    tell: Box<dyn Fn(KeyId) + Send + Sync>,
    /// Until when it counts as well.
    well_until: watch::Sender<Option<Instant>>,
    lag: Mutex<Option<Duration>>,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    on_replica: AtomicU64,
    own_writes: AtomicU64,
    away: AtomicU64,
    failed: AtomicU64,
}

impl Replica {
    /// A replica that nobody has seen yet.
    pub fn new(ports: ReplicaPorts) -> Self {
        // A replica is not asked whose keys are; it answers as much at a time as the primary does.
        let places = Places::among(ports.connections).calls;
        Self {
            reads: Arc::new(Reads::of(ports.library, ports.feed)),
            places: Blocking::new(places, places.saturating_mul(WAITING_FOR_EACH), ports.wait),
            writers: ports.writers,
            tell: ports.tell,
            well_until: watch::Sender::new(None),
            lag: Mutex::new(None),
            counts: Counts::default(),
        }
    }

    /// It does well, and is behind by `lag` at the most. It may be read for the next [`GOOD_FOR`], but no
    /// longer than it takes to be behind by more than `most_lag`, whatever it does meanwhile.
    pub fn seen(&self, now: Instant, lag: Duration, most_lag: Duration) {
        let spare = most_lag.saturating_sub(lag);
        self.lags(Some(lag));
        self.well_until
            .send_replace(Some(now + GOOD_FOR.min(spare)));
    }

    /// It is behind by so much, or by nobody knows how much.
    pub fn lags(&self, lag: Option<Duration>) {
        *self.lag.lock().unwrap_or_else(PoisonError::into_inner) = lag;
    }

    /// It is away, or must not be read: nobody waits for it any longer.
    pub fn lost(&self) {
        self.well_until.send_replace(None);
    }

    /// How reads were answered.
    pub fn figures(&self) -> ReplicaFigures {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        ReplicaFigures {
            on_replica: of(&self.counts.on_replica),
            own_writes: of(&self.counts.own_writes),
            away: of(&self.counts.away),
            failed: of(&self.counts.failed),
            is_well: !self.well_for(Instant::now()).is_zero(),
            lag: *self.lag.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Takes note of a key that has written, before it is answered.
    pub(crate) fn wrote(&self, key: KeyId) {
        if self.writers.note(key, Instant::now()) {
            (self.tell)(key);
        }
    }

    /// Asks the replica for a key; none when it is the primary that has to be asked.
    pub(crate) async fn ask<T, E>(
        &self,
        key: KeyId,
        question: impl FnOnce(&Reads) -> Result<T, E> + Send + 'static,
    ) -> Option<T>
    where
        T: Send + 'static,
        E: Send + 'static,
        Failure: From<E>,
    {
        let now = Instant::now();
        if self.writers.is_recent(key, now) {
            return count(&self.counts.own_writes);
        }
        if self.well_for(now).is_zero() {
            return count(&self.counts.away);
        }
        let reads = Arc::clone(&self.reads);
        let answer = tokio::select! {
            answer = self.places.run(move || question(&reads)) => answer,
            () = self.until_lost() => return count(&self.counts.away),
        };
        match answer {
            Ok(answer) => {
                self.counts.on_replica.fetch_add(1, Ordering::Relaxed);
                Some(answer)
            }
            Err(failure) => self.failed(&failure),
        }
    }

    /// A replica that cannot be reached is lost until it is seen again.
    fn failed<T>(&self, failure: &Failure) -> Option<T> {
        match failure {
            Failure::Unavailable(cause) if is_unreachable(&**cause) => {
                self.lost();
                count(&self.counts.away)
            }
            failure => {
                tracing::debug!(error = chain(failure), "the replica has failed at a read");
                count(&self.counts.failed)
            }
        }
    }

    /// For how long it still counts as well.
    fn well_for(&self, now: Instant) -> Duration {
        let until = *self.well_until.borrow();
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    async fn until_lost(&self) {
        let mut changes = self.well_until.subscribe();
        loop {
            let left = self.well_for(Instant::now());
            if left.is_zero() {
                return;
            }
            // Either it is said how it does, or its time is over; both are looked at.
            let _ = timeout(left, changes.changed()).await;
        }
    }
}

/// Whether nobody gets through to the replica: one that took too long over a question, or is busy, may
/// answer the next.
fn is_unreachable(cause: &(dyn Error + 'static)) -> bool {
    let error: Option<&StoreError> = cause.downcast_ref();
    error.is_some_and(StoreError::is_unreachable)
}

/// Counts a read that the primary has to answer.
fn count<T>(reads: &AtomicU64) -> Option<T> {
    reads.fetch_add(1, Ordering::Relaxed);
    None
}

#[cfg(test)]
mod tests;
