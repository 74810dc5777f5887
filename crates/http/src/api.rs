//! What the endpoints stand on: the ports and settings that one server was given, shared by all of
//! its workers.

mod places;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use org_auth::last_used::LastUsed;
use org_auth::rate::{FailedAttempts, RequestLimits};
use org_auth::refusals::Refusals;
use org_auth::traffic::TrafficNotes;
use org_auth::usage::Usage;
use org_auth::verifier::Verifier;
use org_domain::bookings::Bookings;
use org_domain::checklist::Checklists;
use org_domain::contacts::Contacts;
use org_domain::library::Library;
use org_domain::requests::MemberRequests;
use org_domain::services::Timetable;
use org_domain::transaction::Transactions;
use org_kernel::StoreError;
use org_kernel::clock::Clock;
use org_kernel::event::EventFeed;
use org_kernel::id_source::IdSource;
use org_web::{Blocking, IpNet, Observer, Proxies, PublicUrl};

use places::Places;

use crate::discovery::Documents;

/// Tells whether the store can be asked.
pub trait Readiness: Send + Sync {
    /// Asks the store for a sign of life; blocks until there is one or not.
    fn check(&self) -> Result<(), StoreError>;
}

/// What the API is built on.
#[derive(Clone)]
pub struct Ports {
    /// Everything that can be read.
    pub library: Arc<dyn Library>,
    /// Everything that can be written.
    pub transactions: Arc<dyn Transactions>,
    /// Everything that happened.
    pub feed: Arc<dyn EventFeed>,
    /// Tells whose a key is.
    pub verifier: Arc<Verifier>,
    /// Where the uses of keys are noted; somebody else stores them from time to time.
    pub last_used: Arc<LastUsed>,
    /// Where refused requests are noted, likewise.
    pub refusals: Arc<Refusals>,
    /// Where the requests of each key are counted, likewise.
    pub usage: Arc<Usage>,
    /// Where the requests of each organization are counted, likewise.
    pub traffic: Arc<TrafficNotes>,
    /// Tells whether the store can be asked.
    pub readiness: Arc<dyn Readiness>,
    /// Counts requests.
    pub observer: Arc<dyn Observer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives the ids of requests.
    pub ids: Arc<dyn IdSource>,
}

/// How the API behaves where that is for the operator to say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Under which address clients know the server; the documents' addresses are relative to it.
    pub public_url: Option<PublicUrl>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How many connections the store has; they are shared out among the requests.
    pub store_connections: NonZeroU32,
    /// How long a request waits for its turn to ask the store, which then may have it wait for a
    /// connection too.
    pub store_wait: Duration,
}

impl Default for Settings {
    /// No address, no proxies, sixteen connections, two seconds.
    fn default() -> Self {
        Self {
            public_url: None,
            trusted_proxies: Vec::new(),
            store_connections: NonZeroU32::MIN.saturating_add(15),
            store_wait: Duration::from_secs(2),
        }
    }
}

/// One server's API.
pub struct Api {
    pub(crate) library: Arc<dyn Library>,
    pub(crate) transactions: Arc<dyn Transactions>,
    pub(crate) feed: Arc<dyn EventFeed>,
    pub(crate) timetable: Timetable,
    pub(crate) bookings: Bookings,
    pub(crate) checklists: Checklists,
    pub(crate) contacts: Contacts,
    pub(crate) member_requests: MemberRequests,
    pub(crate) verifier: Arc<Verifier>,
    pub(crate) last_used: Arc<LastUsed>,
    pub(crate) refusals: Arc<Refusals>,
    pub(crate) usage: Arc<Usage>,
    pub(crate) traffic: Arc<TrafficNotes>,
    pub(crate) readiness: Arc<dyn Readiness>,
    pub(crate) observer: Arc<dyn Observer>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) request_limits: RequestLimits,
    pub(crate) failed_attempts: FailedAttempts,
    pub(crate) proxies: Proxies,
    pub(crate) documents: Documents,
    pub(crate) key_lookups: Blocking,
    pub(crate) calls: Blocking,
    /// One at a time: whoever asks for readiness needs no key.
    pub(crate) readiness_checks: Blocking,
}

impl Api {
    /// Builds the API, with nothing counted yet.
    pub fn new(ports: Ports, settings: Settings) -> Arc<Self> {
        let places = Places::among(settings.store_connections);
        let wait = settings.store_wait;
        let (clock, ids) = (|| ports.clock.clone(), || ports.ids.clone());
        Arc::new(Self {
            timetable: Timetable::new(ports.library.clone(), ports.library.clone()),
            bookings: Bookings::new(clock(), ids()),
            checklists: Checklists::new(clock(), ids()),
            contacts: Contacts::new(clock(), ids()),
            member_requests: MemberRequests::new(clock(), ids()),
            request_limits: RequestLimits::new(ports.clock.clone()),
            failed_attempts: FailedAttempts::new(ports.clock.clone()),
            proxies: Proxies::new(settings.trusted_proxies),
            documents: Documents::new(settings.public_url.as_ref()),
            key_lookups: Blocking::new(places.key_lookups, wait),
            calls: Blocking::new(places.calls, wait),
            readiness_checks: Blocking::new(1, wait),
            library: ports.library,
            transactions: ports.transactions,
            feed: ports.feed,
            verifier: ports.verifier,
            last_used: ports.last_used,
            refusals: ports.refusals,
            usage: ports.usage,
            traffic: ports.traffic,
            readiness: ports.readiness,
            observer: ports.observer,
            clock: ports.clock,
            ids: ports.ids,
        })
    }
}
