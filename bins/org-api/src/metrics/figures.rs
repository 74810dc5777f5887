//! Where the figures come from that nobody counts for the sake of metrics.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use org_auth::verifier::KnownKeys;
use org_http::Replica;
use org_kernel::chain;
use org_metrics::{Backlog, Cache, Metrics, Pool, Reading, Sharing};
use org_shared_limits::SharedLimits;
use org_store::{Pg, Waiting};
use org_web::{Blocking, Gate, Interrupted};

use crate::database::clock;
use crate::logging;

/// For how long what the database said is told again, however often anybody asks.
const GOOD_FOR: Duration = Duration::from_secs(5);

/// How many may wait for the one who asks the database.
const QUEUE: usize = 8;

/// How long they wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who is asked.
pub(crate) struct Sources {
    /// The store whose connections are told of.
    pub(crate) store: Arc<Pg>,
    /// A store with a connection of its own, so that a pool with nobody free can be told of too.
    pub(crate) aside: Arc<Pg>,
    pub(crate) known: Arc<KnownKeys>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) shared: Option<Arc<SharedLimits>>,
    pub(crate) replica: Option<Arc<Replica>>,
}

/// All figures of a server.
pub(crate) struct Figures {
    metrics: Arc<Metrics>,
    sources: Sources,
    /// One asks the database at a time.
    place: Blocking,
    waiting: Mutex<Option<Said>>,
}

/// What the database said, or that it said nothing.
struct Said {
    at: Instant,
    waiting: Option<Waiting>,
}

impl Figures {
    pub(crate) fn new(metrics: Arc<Metrics>, sources: Sources) -> Self {
        Self {
            metrics,
            sources,
            place: Blocking::new(1, QUEUE, PATIENCE),
            waiting: Mutex::new(None),
        }
    }

    /// All of them as text; or, in words, why there is none.
    pub(crate) async fn told(self: Arc<Self>) -> Result<String, String> {
        let figures = Arc::clone(&self);
        let told = self.place.run::<_, _, Untold>(move || figures.render());
        told.await.map_err(|Untold(why)| why)
    }

    fn render(&self) -> Result<String, Untold> {
        let text = self.metrics.render(&self.read());
        text.map_err(|error| Untold(chain(&error)))
    }

    fn read(&self) -> Reading {
        let Sources {
            store,
            known,
            gate,
            shared,
            replica,
            ..
        } = &self.sources;
        let (pool, keys, totals) = (
            store.pool_figures(),
            known.figures(),
            store.totals_figures(),
        );
        let gate = gate.figures();
        Reading {
            connections: gate.connections.try_into().unwrap_or(u64::MAX),
            turned_away: gate.turned_away,
            pool: Pool {
                connections: pool.connections,
                idle: pool.idle,
                waits: pool.waits,
                waited: pool.waited,
                timeouts: pool.timeouts,
            },
            keys: Cache {
                hits: keys.hits,
                misses: keys.misses,
            },
            totals: Cache {
                hits: totals.hits,
                misses: totals.misses,
            },
            backlog: self.waiting().as_ref().map(backlog),
            sharing: shared.as_deref().map(sharing),
            replica: replica.as_deref().map(read_from),
            lost_lines: logging::lost_lines(),
        }
    }

    /// What waits to be sent; none if the database does not say.
    fn waiting(&self) -> Option<Waiting> {
        let mut said = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(said) = said.as_ref().filter(|said| said.at.elapsed() < GOOD_FOR) {
            return said.waiting;
        }
        let asked = self.sources.aside.waiting();
        let waiting = asked
            .inspect_err(|error| tracing::debug!(error = chain(error), "what waits is not known"))
            .ok();
        *said = Some(Said {
            at: Instant::now(),
            waiting,
        });
        waiting
    }
}

/// Why there are no figures.
struct Untold(String);

impl From<Interrupted> for Untold {
    fn from(interrupted: Interrupted) -> Self {
        Self(interrupted.to_string())
    }
}

fn backlog(waiting: &Waiting) -> Backlog {
    let age = waiting
        .oldest
        .map(|oldest| clock().now().to_utc() - oldest.to_utc());
    Backlog {
        events: waiting.events,
        pending: waiting.pending,
        failed: waiting.failed,
        paused: waiting.paused,
        // Nothing was made in the future, whatever another server's clock says.
        oldest: age
            .and_then(|age| age.try_into().ok())
            .unwrap_or(Duration::ZERO),
    }
}

fn sharing(shared: &SharedLimits) -> Sharing {
    let figures = shared.figures();
    Sharing {
        away: figures.away,
        fallbacks: figures.fallbacks,
    }
}

fn read_from(replica: &Replica) -> org_metrics::Replica {
    let figures = replica.figures();
    org_metrics::Replica {
        is_well: figures.is_well,
        on_replica: figures.on_replica,
        own_writes: figures.own_writes,
        away: figures.away,
        failed: figures.failed,
    }
}
