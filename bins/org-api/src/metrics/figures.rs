//! Where the figures come from that nobody counts for the sake of metrics.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use org_auth::verifier::KnownKeys;
use org_http::{Api, Replica};
use org_kernel::chain;
use org_metrics::{Backlog, Cache, Metrics, Pool, Reading, Sharing};
use org_shared_limits::SharedLimits;
use org_store::{Pg, Waiting};
use org_web::{Blocking, Gate, Interrupted};
use tokio::time::timeout;

use super::CONNECTIONS;
use crate::database::clock;
use crate::logging;

/// For how long what the database said is told again, however often anybody asks.
const GOOD_FOR: Duration = Duration::from_secs(5);

/// How long whoever wants the figures waits for what the database says: a little longer than a database that
/// works takes to give up, and much shorter than whoever scrapes does.
const PATIENCE: Duration = Duration::from_millis(2_500);

/// Who is asked.
pub(crate) struct Sources {
    pub(crate) api: Arc<Api>,
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
    /// One asks the database at a time. While it stands still that one is stuck, and no other joins it.
    place: Blocking,
    last: Mutex<Option<Said>>,
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
            place: Blocking::new(1, CONNECTIONS, PATIENCE),
            last: Mutex::new(None),
        }
    }

    /// All of them as text, without what the database does not say in time; or, in words, why there is none.
    pub(crate) async fn told(self: Arc<Self>) -> Result<String, String> {
        let waiting = self.waiting().await;
        let text = self.metrics.render(&self.read(waiting.as_ref()));
        text.map_err(|error| chain(&error))
    }

    fn read(&self, waiting: Option<&Waiting>) -> Reading {
        let Sources {
            api,
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
        let (gate, queued) = (gate.figures(), api.queued());
        Reading {
            connections: gate.connections.try_into().unwrap_or(u64::MAX),
            turned_away: gate.turned_away,
            queued_keys: queued.keys.try_into().unwrap_or(u64::MAX),
            queued_calls: queued.calls.try_into().unwrap_or(u64::MAX),
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
            backlog: waiting.map(backlog),
            sharing: shared.as_deref().map(sharing),
            replica: replica.as_deref().map(read_from),
            lost_lines: logging::lost_lines(),
        }
    }

    /// What waits to be sent; none if the database does not say in time.
    async fn waiting(self: &Arc<Self>) -> Option<Waiting> {
        let figures = Arc::clone(self);
        let asked = self
            .place
            .run::<_, _, Interrupted>(move || Ok::<_, Interrupted>(figures.said()));
        let unknown = |why: &str| tracing::debug!(error = why, "what waits is not known");
        match timeout(PATIENCE, asked).await {
            Ok(Ok(waiting)) => waiting,
            Ok(Err(interrupted)) => {
                unknown(&interrupted.to_string());
                None
            }
            Err(_) => {
                unknown("the database does not answer");
                None
            }
        }
    }

    /// What the database says, or has just said.
    fn said(&self) -> Option<Waiting> {
        let mut said = self.last.lock().unwrap_or_else(PoisonError::into_inner);
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
        lag: figures.lag,
        on_replica: figures.on_replica,
        own_writes: figures.own_writes,
        away: figures.away,
        failed: figures.failed,
    }
}
