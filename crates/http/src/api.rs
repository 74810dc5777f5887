//! What the endpoints stand on: the ports and settings that one server was given, shared by all of
//! its workers.

pub(crate) mod places;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use org_auth::last_used::LastUsed;
use org_auth::rate::{FailedAttempts, RequestLimits, SharedCounts};
use org_auth::refusals::Refusals;
use org_auth::traffic::TrafficNotes;
use org_auth::usage::Usage;
use org_auth::verifier::Verifier;
use org_domain::bookings::Bookings;
use org_domain::checklist::Checklists;
use org_domain::contacts::Contacts;
use org_domain::library::Library;
use org_domain::requests::MemberRequests;
use org_domain::transaction::Transactions;
use org_kernel::StoreError;
use org_kernel::clock::Clock;
use org_kernel::event::EventFeed;
use org_kernel::id::KeyId;
use org_kernel::id_source::IdSource;
use org_web::{Blocking, Bounds, IpNet, Observer, Proxies, ProxyHeader, PublicUrl};

use places::Places;

use crate::discovery::Documents;
use crate::failure::Failure;
use crate::reads::Reads;
use crate::replica::Replica;

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
    /// Where reads go instead, if anywhere.
    pub replica: Option<Arc<Replica>>,
    /// Tells whose a key is.
    pub verifier: Arc<Verifier>,
    /// Where several servers count requests and failed attempts together; each counts by itself when there
    /// is none.
    pub shared_counts: Option<Arc<dyn SharedCounts>>,
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
    /// Whose word on a client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// In which header.
    pub trusted_proxy_header: ProxyHeader,
    /// How many connections the store has; they are shared out among the requests.
    pub store_connections: NonZeroU32,
    /// How long a request waits for its turn to ask the store, which then may have it wait for a
    /// connection too.
    pub store_wait: Duration,
    /// What the API shares with whoever else is served beside it.
    pub bounds: Bounds,
}

impl Default for Settings {
    /// No address, no proxies, sixteen connections, two seconds, the usual bounds.
    fn default() -> Self {
        Self {
            public_url: None,
            trusted_proxies: Vec::new(),
            trusted_proxy_header: ProxyHeader::default(),
            store_connections: NonZeroU32::MIN.saturating_add(15),
            store_wait: Duration::from_secs(2),
            bounds: Bounds::default(),
        }
    }
}

/// How many requests wait for their turn to ask the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Those whose key is looked up.
    pub keys: usize,
    /// Those of good keys.
    pub calls: usize,
}

/// One server's API.
pub struct Api {
    pub(crate) reads: Arc<Reads>,
    pub(crate) replica: Option<Arc<Replica>>,
    pub(crate) transactions: Arc<dyn Transactions>,
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
    pub(crate) bounds: Bounds,
    pub(crate) key_lookups: Blocking,
    pub(crate) calls: Blocking,
    /// One at a time: whoever asks for readiness needs no key.
    pub(crate) readiness_checks: Blocking,
}

impl Api {
    /// Builds the API, with nothing counted yet.
    pub fn new(ports: Ports, settings: Settings) -> Arc<Self> {
        let places = Places::among(settings.store_connections);
        let queues = Places::queues_of(settings.bounds.store_queue);
        let wait = settings.store_wait;
        let (clock, ids) = (|| ports.clock.clone(), || ports.ids.clone());
        Arc::new(Self {
            reads: Arc::new(Reads::of(ports.library, ports.feed)),
            replica: ports.replica,
            bookings: Bookings::new(clock(), ids()),
            checklists: Checklists::new(clock(), ids()),
            contacts: Contacts::new(clock(), ids()),
            member_requests: MemberRequests::new(clock(), ids()),
            request_limits: RequestLimits::new(ports.clock.clone(), ports.shared_counts.clone()),
            failed_attempts: FailedAttempts::new(ports.clock.clone(), ports.shared_counts),
            proxies: Proxies::new(settings.trusted_proxies, settings.trusted_proxy_header),
            documents: Documents::new(settings.public_url.as_ref()),
            key_lookups: Blocking::new(places.key_lookups, queues.key_lookups, wait),
            calls: Blocking::new(places.calls, queues.calls, wait),
            readiness_checks: Blocking::new(1, settings.bounds.store_queue, wait),
            bounds: settings.bounds,
            transactions: ports.transactions,
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

    /// Answers a question of a key, on a blocking thread: from the replica, if there is one that will do.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        key: KeyId,
        question: impl FnOnce(&Reads) -> Result<T, Failure> + Clone + Send + 'static,
    ) -> Result<T, Failure> {
        if let Some(replica) = &self.replica
            && let Some(answer) = replica.ask(key, question.clone()).await
        {
            return Ok(answer);
        }
        let reads = Arc::clone(&self.reads);
        self.calls.run(move || question(&reads)).await
    }

    /// How many requests wait for their turn to ask the store now.
    pub fn queued(&self) -> Queued {
        Queued {
            keys: self.key_lookups.waiting(),
            calls: self.calls.waiting(),
        }
    }

    /// Takes note that a key has written, before it is answered.
    pub(crate) fn wrote(&self, key: KeyId) {
        if let Some(replica) = &self.replica {
            replica.wrote(key);
        }
    }
}
