//! Which adapter stands behind which port.

mod console;
mod fan_out;
mod forgetting;
mod notes;
mod sending;
mod webhooks;

use std::sync::Arc;

use org_auth::verifier::{KnownKeys, Verifier};
use org_console::Console;
use org_http::{Api, Ports, Readiness};
use org_kernel::StoreError;
use org_store::{Bell, Listening, News, Pg};
use org_web::Observer;
use org_webhooks::sealing::MasterKey;
use tokio::sync::Notify;

use self::notes::Notes;
pub(crate) use self::sending::Ending;
use self::webhooks::AtWork;
use crate::background::Periodic;
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::settings::Settings;

/// A server's API and console, with what works for it in the background.
pub(crate) struct Wiring {
    api: Arc<Api>,
    console: Arc<Console>,
    _watching: Option<Periodic>,
    _storing: Periodic,
    _forgetting: Periodic,
    webhooks: AtWork,
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
        let observer: Arc<dyn Observer> = Arc::new(());
        let ports = Ports {
            library: store.clone(),
            transactions: store.clone(),
            feed: store.clone(),
            verifier: Arc::new(Verifier::new(store.clone(), clock(), Arc::clone(&known))),
            last_used: Arc::clone(&notes.last_used),
            refusals: Arc::clone(&notes.refusals),
            usage: Arc::clone(&notes.usage),
            traffic: Arc::clone(&notes.traffic),
            readiness: Arc::new(StoreReadiness(store.clone())),
            observer: Arc::clone(&observer),
            clock: clock(),
            ids: ids(),
        };
        Ok(Self {
            api: Api::new(
                ports,
                org_http::Settings {
                    public_url: settings.public_url.clone(),
                    trusted_proxies: settings.trusted_proxies.clone(),
                    store_connections: settings.pool.connections,
                    store_wait: settings.pool.wait,
                },
            ),
            console: console::console(
                settings,
                database,
                master_key.clone(),
                known.clone(),
                Arc::clone(&notes.refusals),
                observer,
            ),
            _watching: database.watch()?,
            _storing: notes.store_in(store.clone())?,
            _forgetting: forgetting::forget_in(store, clock(), settings.webhooks.kept_for)?,
            webhooks: AtWork::begin(settings, database, master_key, &due)?,
            _listening: Listening::to(database.url(), listener(known, bell, due))?,
        })
    }

    pub(crate) fn api(&self) -> Arc<Api> {
        Arc::clone(&self.api)
    }

    pub(crate) fn console(&self) -> Arc<Console> {
        Arc::clone(&self.console)
    }

    /// Ends the sending of deliveries.
    pub(crate) fn ending(&self) -> Ending {
        self.webhooks.ending()
    }
}

/// Tells the keys in memory what the database tells of keys, and rings for events that others wrote and
/// for deliveries that others want sent; some may have been there while nothing was heard.
fn listener(
    known: Arc<KnownKeys>,
    bell: Arc<Bell>,
    due: Arc<Notify>,
) -> impl Fn(News) + Send + Sync + 'static {
    let ring = move || {
        bell.ring();
        due.notify_one();
    };
    move |news| match news {
        News::Up => {
            known.listener_up();
            ring();
        }
        News::Down => known.listener_down(),
        News::KeyChanged(key) => known.forget(key),
        News::EventsWritten => ring(),
    }
}

/// The server is ready when its database answers.
struct StoreReadiness(Arc<Pg>);

impl Readiness for StoreReadiness {
    fn check(&self) -> Result<(), StoreError> {
        self.0.ping()
    }
}
