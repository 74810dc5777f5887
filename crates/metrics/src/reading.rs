//! What others count, or know: read when somebody asks for the figures.

use std::time::Duration;

use prometheus::core::Collector;
use prometheus::{
    Counter, Error, Gauge, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
};

/// The state of a server's other parts at one moment. What counts, counts from the beginning of the
/// process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The clients that are connected.
    pub connections: u64,
    /// Requests that were turned away because too many others were being answered.
    pub turned_away: u64,
    /// Requests that wait for their turn to look up their key in the database.
    pub queued_keys: u64,
    /// Requests of good keys that wait for their turn to ask it.
    pub queued_calls: u64,
    /// The connections to the database.
    pub pool: Pool,
    /// The keys in memory.
    pub keys: Cache,
    /// The totals of lists in memory.
    pub totals: Cache,
    /// What waits to be sent; `None` where the database did not say.
    pub backlog: Option<Backlog>,
    /// Limits that are counted together with other servers; `None` where they are not.
    pub sharing: Option<Sharing>,
    /// The reads that may go to a replica; `None` where there is none.
    pub replica: Option<Replica>,
    /// Lines of the log that nobody took in time.
    pub lost_lines: u64,
}

/// A pool of connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// Those that are open.
    pub connections: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// How often somebody found none free.
    pub waits: u64,
    /// How long these waited together.
    pub waited: Duration,
    /// How many of them waited in vain.
    pub timeouts: u64,
}

/// A memory of what the database would say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cache {
    /// Questions that were answered from it.
    pub hits: u64,
    /// Questions that were not.
    pub misses: u64,
}

/// Events and deliveries that wait, of all organizations. Each sort is counted as far as a number that
/// whoever counts says; more are as many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Events of which no deliveries were made yet.
    pub events: u64,
    /// Deliveries that were not attempted yet.
    pub pending: u64,
    /// Deliveries whose last attempt failed, and which are tried again.
    pub failed: u64,
    /// Deliveries to endpoints that are disabled, which wait until they are enabled.
    pub paused: u64,
    /// How long ago the oldest event was written, or the oldest delivery made, that is to be delivered and
    /// is not; those to disabled endpoints are left out. Zero if there is none.
    pub oldest: Duration,
}

/// A store that counts for several servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// Whether it is away, so that this server counts by itself.
    pub away: bool,
    /// Requests that this server counted by itself because it was.
    pub fallbacks: u64,
}

/// A replica that is read from, and where reads went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replica {
    /// Whether it is read from at present.
    pub is_well: bool,
    /// How far it is behind; `None` where that is not known.
    pub lag: Option<Duration>,
    /// Reads that went to it.
    pub on_replica: u64,
    /// Reads that went to the primary because their key had just written.
    pub own_writes: u64,
    /// Reads that went to the primary because the replica was away.
    pub away: u64,
    /// Reads that went to the primary because the replica had failed at them.
    pub failed: u64,
}

/// Makes a series of each figure.
pub(crate) fn register(registry: &Registry, reading: &Reading) -> Result<(), Error> {
    let figures = Figures(registry);
    figures.pool(&reading.pool)?;
    figures.clients(reading)?;
    figures.queues(reading)?;
    figures.caches(&reading.keys, &reading.totals)?;
    figures.backlog(reading.backlog.as_ref())?;
    if let Some(replica) = &reading.replica {
        figures.replica(replica)?;
    }
    if let Some(sharing) = &reading.sharing {
        figures.sharing(sharing)?;
    }
    figures.count(
        "org_api_log_lines_dropped_total",
        "Lines of the log that were dropped because nobody took them in time.",
        reading.lost_lines,
    )
}

struct Figures<'a>(&'a Registry);

impl Figures<'_> {
    fn pool(&self, pool: &Pool) -> Result<(), Error> {
        self.gauge(
            "org_api_database_connections",
            "Connections to the database that are open.",
            pool.connections.into(),
        )?;
        self.gauge(
            "org_api_database_connections_idle",
            "Connections to the database that nobody uses.",
            pool.idle.into(),
        )?;
        self.count(
            "org_api_database_connection_waits_total",
            "How often work found no connection to the database free.",
            pool.waits,
        )?;
        let waited = Counter::new(
            "org_api_database_connection_wait_seconds_total",
            "How long work waited for a connection to the database, together.",
        )?;
        waited.inc_by(pool.waited.as_secs_f64());
        self.add(waited)?;
        self.count(
            "org_api_database_connection_timeouts_total",
            "How often work waited for a connection to the database and got none.",
            pool.timeouts,
        )
    }

    fn clients(&self, reading: &Reading) -> Result<(), Error> {
        self.gauge(
            "org_api_client_connections",
            "Clients that are connected.",
            whole(reading.connections),
        )?;
        self.count(
            "org_api_http_requests_turned_away_total",
            "Requests that were answered 503 at once because too many others were being answered.",
            reading.turned_away,
        )
    }

    fn queues(&self, reading: &Reading) -> Result<(), Error> {
        let opts = Opts::new(
            "org_api_http_requests_queued",
            "Requests that wait for their turn to ask the database, by what they ask it for.",
        );
        let queued = IntGaugeVec::new(opts, &["for"])?;
        let sorts = [("key", reading.queued_keys), ("call", reading.queued_calls)];
        for (sort, requests) in sorts {
            queued.with_label_values(&[sort]).set(whole(requests));
        }
        self.add(queued)
    }

    fn caches(&self, keys: &Cache, totals: &Cache) -> Result<(), Error> {
        self.count(
            "org_api_list_total_cache_hits_total",
            "Pages of lists whose total was remembered.",
            totals.hits,
        )?;
        self.count(
            "org_api_list_total_cache_misses_total",
            "Pages of lists whose total the database counted, to be remembered.",
            totals.misses,
        )?;
        self.count(
            "org_api_key_cache_hits_total",
            "Keys that were known without asking the database.",
            keys.hits,
        )?;
        self.count(
            "org_api_key_cache_misses_total",
            "Keys that the database was asked about.",
            keys.misses,
        )
    }

    fn backlog(&self, backlog: Option<&Backlog>) -> Result<(), Error> {
        self.gauge(
            "org_api_database_up",
            "Whether the database said what waits to be sent; without that, the figures of it are left out.",
            backlog.is_some().into(),
        )?;
        let Some(backlog) = backlog else {
            return Ok(());
        };
        self.gauge(
            "org_api_events_undispatched",
            "Events of which no deliveries were made yet.",
            whole(backlog.events),
        )?;
        let opts = Opts::new(
            "org_api_webhook_deliveries_waiting",
            "Deliveries that are to be sent, by state.",
        );
        let waiting = IntGaugeVec::new(opts, &["state"])?;
        for (state, deliveries) in [
            ("pending", backlog.pending),
            ("failed", backlog.failed),
            ("paused", backlog.paused),
        ] {
            waiting.with_label_values(&[state]).set(whole(deliveries));
        }
        self.add(waiting)?;
        let oldest = Gauge::new(
            "org_api_webhook_oldest_undelivered_age_seconds",
            "How long the oldest event or delivery that is to be sent has waited; 0 if there is none.",
        )?;
        oldest.set(backlog.oldest.as_secs_f64());
        self.add(oldest)
    }

    fn replica(&self, replica: &Replica) -> Result<(), Error> {
        self.gauge(
            "org_api_replica_up",
            "Whether the replica is read from.",
            replica.is_well.into(),
        )?;
        if let Some(behind) = replica.lag {
            let lag = Gauge::new(
                "org_api_replica_lag_seconds",
                "How far the replica was behind when it was looked at last; left out where that is not known.",
            )?;
            lag.set(behind.as_secs_f64());
            self.add(lag)?;
        }
        let opts = Opts::new(
            "org_api_replica_reads_total",
            "Reads that may go to the replica, by where they went and why.",
        );
        let reads = IntCounterVec::new(opts, &["to"])?;
        for (to, number) in [
            ("replica", replica.on_replica),
            ("primary_own_writes", replica.own_writes),
            ("primary_away", replica.away),
            ("primary_failed", replica.failed),
        ] {
            reads.with_label_values(&[to]).inc_by(number);
        }
        self.add(reads)
    }

    fn sharing(&self, sharing: &Sharing) -> Result<(), Error> {
        self.gauge(
            "org_api_shared_limits_up",
            "Whether limits are counted together with the other servers.",
            (!sharing.away).into(),
        )?;
        self.count(
            "org_api_shared_limits_fallbacks_total",
            "Requests that this server counted by itself because Redis was away.",
            sharing.fallbacks,
        )
    }

    fn gauge(&self, name: &str, help: &str, value: i64) -> Result<(), Error> {
        let gauge = IntGauge::new(name, help)?;
        gauge.set(value);
        self.add(gauge)
    }

    fn count(&self, name: &str, help: &str, value: u64) -> Result<(), Error> {
        let counter = IntCounter::new(name, help)?;
        counter.inc_by(value);
        self.add(counter)
    }

    fn add(&self, collector: impl Collector + 'static) -> Result<(), Error> {
        self.0.register(Box::new(collector))
    }
}

/// As a gauge holds it.
fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
