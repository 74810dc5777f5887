//! Which adapter stands behind which port.

use std::sync::Arc;
use std::time::Duration;

use org_auth::last_used::LastUsed;
use org_auth::verifier::{KnownKeys, Verifier};
use org_http::{Api, Ports, Readiness};
use org_kernel::StoreError;
use org_kernel::chain;
use org_store::{KeyChanges, KeyNews, Pg};

use crate::background::{Again, Last, Periodic};
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::settings::Settings;

/// How often the uses of keys are stored.
const USES_ARE_STORED_EVERY: Duration = Duration::from_secs(2);

/// A server's API with what works for it in the background.
pub(crate) struct Wiring {
    api: Arc<Api>,
    _watching: Option<Periodic>,
    _storing_uses: Periodic,
    _listening: KeyChanges,
}

impl Wiring {
    pub(crate) fn new(settings: &Settings, database: &Database) -> Result<Self, Failure> {
        let store = database.store();
        let known = Arc::new(KnownKeys::default());
        let last_used = Arc::new(LastUsed::default());
        let ports = Ports {
            library: store.clone(),
            verifier: Arc::new(Verifier::new(store.clone(), clock(), Arc::clone(&known))),
            last_used: Arc::clone(&last_used),
            readiness: Arc::new(StoreReadiness(store.clone())),
            clock: clock(),
            ids: ids(),
        };
        let mut away = false;
        let store_uses = move || {
            let flushed = last_used.flush(&*store);
            if let (false, Err(error)) = (away, &flushed) {
                let causes = chain(error);
                tracing::warn!(error = causes, "the uses of keys wait to be stored");
            }
            away = flushed.is_err();
            Again::Yes
        };
        Ok(Self {
            api: Api::new(
                ports,
                org_http::Settings {
                    public_url: settings.public_url.clone(),
                    trusted_proxies: settings.trusted_proxies.clone(),
                    store_connections: settings.database_connections,
                    store_wait: settings.database_wait,
                },
            ),
            _watching: database.watch()?,
            _storing_uses: Periodic::start(
                "uses of keys",
                USES_ARE_STORED_EVERY,
                Last::Run,
                store_uses,
            )?,
            _listening: KeyChanges::listen(database.url(), listener(known))?,
        })
    }

    pub(crate) fn api(&self) -> Arc<Api> {
        Arc::clone(&self.api)
    }
}

/// Tells the keys in memory what the database tells of keys.
fn listener(known: Arc<KnownKeys>) -> impl Fn(KeyNews) + Send + Sync + 'static {
    move |news| match news {
        KeyNews::Up => known.listener_up(),
        KeyNews::Down => known.listener_down(),
        KeyNews::Changed(key) => known.forget(key),
    }
}

/// The server is ready when its database answers.
struct StoreReadiness(Arc<Pg>);

impl Readiness for StoreReadiness {
    fn check(&self) -> Result<(), StoreError> {
        self.0.ping()
    }
}
