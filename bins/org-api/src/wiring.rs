//! Which adapter stands behind which port.

mod console;
mod counted;
mod fan_out;
mod forgetting;
mod limits;
mod notes;
mod replica;
mod sending;
mod webhooks;

use std::sync::Arc;

use org_auth::verifier::{KnownKeys, Verifier};
use org_console::Console;
use org_http::{Api, Ports, Readiness};
use org_kernel::StoreError;
use org_metrics::Metrics;
use org_store::{Bell, Listening, News, Pg};
use org_web::{Bounds, Gate, Observer};
use org_webhooks::sealing::MasterKey;
use tokio::sync::Notify;

use self::notes::Notes;
use self::replica::Reading;
pub(crate) use self::sending::Ending;
use self::webhooks::AtWork;
use crate::background::Worker;
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::metrics::{self, Figures, Sources};
use crate::otlp::{self, Both};
use crate::settings::Settings;

/// A server's API and console, with what works for it in the background.
pub(crate) struct Wiring {
    api: Arc<Api>,
    console: Arc<Console>,
    gate: Arc<Gate>,
    observer: Arc<dyn Observer>,
    figures: Option<Arc<Figures>>,
    watching: Option<Worker>,
    storing: Worker,
    forgetting: Worker,
    webhooks: AtWork,
    _reading: Option<Reading>,
    _listening: Listening,
}

impl Wiring {
    /// Without a master key, no delivery can be signed.
    pub(crate) fn new(
        settings: &Settings,
        database: &Database,
        master_key: Option<Arc<MasterKey>>,
    ) -> Result<Self, Failure> {
        let store = database.store();
        let (bell, due) = (store.bell(), Arc::<Notify>::default());
        let known = Arc::new(KnownKeys::default());
        let notes = Notes::default();
        let reading = Reading::begin(settings, database)?;
        let heard = reading.as_ref().map(Reading::listener);
        let shared = limits::shared_limits(settings)?;
        let metrics = metrics::begin(settings)?;
        let observer = observer(metrics.as_ref(), otlp::begin(settings)?);
        let bounds = bounds(settings);
        let gate = Arc::clone(&bounds.gate);
        let ports = Ports {
            library: store.clone(),
            transactions: store.clone(),
            feed: store.clone(),
            replica: reading.as_ref().map(Reading::replica),
            verifier: Arc::new(Verifier::new(store.clone(), clock(), Arc::clone(&known))),
            last_used: Arc::clone(&notes.last_used),
            refusals: Arc::clone(&notes.refusals),
            usage: Arc::clone(&notes.usage),
            traffic: Arc::clone(&notes.traffic),
            readiness: Arc::new(StoreReadiness(store.clone())),
            shared_counts: shared.clone().map(|shared| shared as _),
            observer: Arc::clone(&observer),
            clock: clock(),
            ids: ids(),
        };
        let api = Api::new(
            ports,
            org_http::Settings {
                public_url: settings.public_url.clone(),
                trusted_proxies: settings.trusted_proxies.clone(),
                trusted_proxy_header: settings.trusted_proxy_header,
                store_connections: settings.pool.connections,
                store_wait: settings.pool.wait,
                bounds: bounds.clone(),
            },
        );
        let figures = metrics.clone().map(|metrics| {
            let sources = Sources {
                api: Arc::clone(&api),
                store: store.clone(),
                aside: database.store_aside(),
                known: Arc::clone(&known),
                gate: Arc::clone(&gate),
                shared: shared.clone(),
                replica: reading.as_ref().map(Reading::replica),
            };
            Arc::new(Figures::new(metrics, sources))
        });
        Ok(Self {
            api,
            console: console::console(
                settings,
                database,
                master_key.clone(),
                known.clone(),
                Arc::clone(&notes.refusals),
                Arc::clone(&observer),
                bounds,
            ),
            gate,
            observer,
            figures,
            watching: database.watch()?,
            storing: notes.store_in(store.clone())?,
            forgetting: forgetting::forget_in(store, clock(), settings.webhooks.kept_for)?,
            webhooks: AtWork::begin(settings, database, master_key, &due, metrics)?,
            _reading: reading,
            _listening: Listening::to(database.url(), listener((known, bell, due), heard))?,
        })
    }

    pub(crate) fn api(&self) -> Arc<Api> {
        Arc::clone(&self.api)
    }

    pub(crate) fn console(&self) -> Arc<Console> {
        Arc::clone(&self.console)
    }

    /// What lets requests in.
    pub(crate) fn gate(&self) -> Arc<Gate> {
        Arc::clone(&self.gate)
    }

    /// Who counts the requests.
    pub(crate) fn observer(&self) -> Arc<dyn Observer> {
        Arc::clone(&self.observer)
    }

    /// What is told of the server, if it is to be.
    pub(crate) fn figures(&self) -> Option<Arc<Figures>> {
        self.figures.clone()
    }

    /// Ends the sending of deliveries.
    pub(crate) fn ending(&self) -> Ending {
        self.webhooks.ending()
    }

    /// Whoever works in the background, to be ended together when nothing is served any more. What they
    /// have noted is stored then.
    pub(crate) fn into_workers(self) -> impl Iterator<Item = Worker> {
        let own = [self.storing, self.forgetting].into_iter();
        own.chain(self.watching).chain(self.webhooks.into_workers())
    }
}

/// Whoever is told of each request.
fn observer(
    metrics: Option<&Arc<Metrics>>,
    traces: Option<Arc<dyn Observer>>,
) -> Arc<dyn Observer> {
    let metrics = metrics.map(|metrics| Arc::clone(metrics) as Arc<dyn Observer>);
    match (metrics, traces) {
        (Some(metrics), Some(traces)) => Arc::new(Both(metrics, traces)),
        (Some(alone), None) | (None, Some(alone)) => alone,
        (None, None) => Arc::new(()),
    }
}

/// What bounds the requests to the API and to the console, which share one gate.
fn bounds(settings: &Settings) -> Bounds {
    Bounds {
        gate: Gate::new(settings.serving.max_in_flight.get()),
        store_queue: settings.pool.queue.get(),
        request_time: settings.serving.request_timeout,
    }
}

/// Tells the keys in memory what the database tells of keys, and rings for events that others wrote and
/// for deliveries that others want sent; some may have been there while nothing was heard.
///
/// Whoever reads from a replica hears all of it too.
fn listener(
    (known, bell, due): (Arc<KnownKeys>, Arc<Bell>, Arc<Notify>),
    reading: Option<impl Fn(News) + Send + Sync + 'static>,
) -> impl Fn(News) + Send + Sync + 'static {
    let ring = move || {
        bell.ring();
        due.notify_one();
    };
    move |news| {
        match news {
            News::Up => {
                known.listener_up();
                ring();
            }
            News::Down => known.listener_down(),
            News::KeyChanged(key) => known.forget(key),
            News::EventsWritten => ring(),
            News::KeyWrote(_) => {}
        }
        if let Some(reading) = &reading {
            reading(news);
        }
    }
}

/// The server is ready when its database answers.
struct StoreReadiness(Arc<Pg>);

impl Readiness for StoreReadiness {
    fn check(&self) -> Result<(), StoreError> {
        self.0.ping()
    }
}
