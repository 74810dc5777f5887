//! What the pages stand on: the use cases and settings that one server was given, shared by all of its
//! workers.

#[cfg(test)]
mod tests;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use org_auth::api_keys::ApiKeys;
use org_auth::passwords::Passwords;
use org_auth::second_factors::SecondFactors;
use org_auth::sessions::Sessions;
use org_auth::sign_in::SignIn;
use org_auth::traffic::TrafficStore;
use org_auth::usage::UsageStore;
use org_auth::users::Users;
use org_domain::organizations::Organizations;
use org_kernel::audit::AuditTrail;
use org_kernel::clock::Clock;
use org_kernel::entropy::Entropy;
use org_kernel::id_source::IdSource;
use org_web::{Blocking, Bounds, IpNet, Observer, Proxies, ProxyHeader, PublicUrl};
use org_webhooks::deliveries::Deliveries;
use org_webhooks::endpoints::Endpoints;
use org_webhooks::figures::DeliveryFigures;

use crate::operator::Notes;

/// How many passwords are checked at a time: each takes 19 MiB and a good part of a processor.
const DOORS: usize = 2;

/// How long whoever signs in waits for those before them.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the console is built on.
#[derive(Clone)]
pub struct Ports {
    /// The organizations.
    pub organizations: Organizations,
    /// Who is signed in.
    pub sessions: Arc<Sessions>,
    /// Who may be.
    pub users: Users,
    /// The door.
    pub sign_in: SignIn,
    /// Passwords of those who are signed in.
    pub passwords: Passwords,
    /// Second factors of those who are signed in.
    pub second_factors: SecondFactors,
    /// Their API keys.
    pub keys: Arc<ApiKeys>,
    /// How much each key is used.
    pub usage: Arc<dyn UsageStore>,
    /// How many requests there were, and how long they took.
    pub traffic: Arc<dyn TrafficStore>,
    /// Where events are sent.
    pub endpoints: Arc<Endpoints>,
    /// What was sent.
    pub deliveries: Arc<Deliveries>,
    /// How much of it there was.
    pub figures: Arc<dyn DeliveryFigures>,
    /// Who did what.
    pub trail: Arc<dyn AuditTrail>,
    /// Counts requests.
    pub observer: Arc<dyn Observer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives the ids of requests, and of what forms make.
    pub ids: Arc<dyn IdSource>,
    /// Gives what nobody can guess.
    pub entropy: Arc<dyn Entropy>,
}

/// How the console behaves where that is for the operator to say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Under which address people know the server; else it is the one that they asked.
    pub public_url: Option<PublicUrl>,
    /// Whose word on a client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// In which header.
    pub trusted_proxy_header: ProxyHeader,
    /// How many connections the store has; the pages take a quarter of them at the most, and what
    /// takes long two more.
    pub store_connections: NonZeroU32,
    /// How long a page waits for its turn to ask the store.
    pub store_wait: Duration,
    /// Whether deliveries are sent, or only recorded.
    pub live: bool,
    /// What the console shares with whoever else is served beside it.
    pub bounds: Bounds,
}

/// One server's console.
pub struct Console {
    pub(crate) ports: Ports,
    pub(crate) public_url: Option<PublicUrl>,
    pub(crate) proxies: Proxies,
    pub(crate) calls: Blocking,
    /// For whoever signs in.
    pub(crate) doors: Blocking,
    /// For what takes as long as there are many deliveries.
    pub(crate) replays: Blocking,
    /// For what takes as long as the trail is long.
    pub(crate) exports: Blocking,
    pub(crate) live: bool,
    pub(crate) bounds: Bounds,
    pub(crate) notes: Notes,
}

impl Console {
    /// Builds the console.
    pub fn new(ports: Ports, settings: Settings) -> Arc<Self> {
        let places = (settings.store_connections.get() as usize / 4).max(1);
        let queue = settings.bounds.store_queue / 4;
        Arc::new(Self {
            ports,
            public_url: settings.public_url,
            proxies: Proxies::new(settings.trusted_proxies, settings.trusted_proxy_header),
            calls: Blocking::new(places, queue, settings.store_wait),
            doors: Blocking::new(DOORS, queue, settings.store_wait.max(PATIENCE)),
            replays: Blocking::new(1, queue, settings.store_wait),
            exports: Blocking::new(1, queue, settings.store_wait),
            live: settings.live,
            bounds: settings.bounds,
            notes: Notes::default(),
        })
    }
}
