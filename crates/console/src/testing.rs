//! Two orchestras on stores in memory, and browsers that ask for their pages.
//!
//! Time stands still at [`NOW`], ids follow one another, and everybody is signed in without having to
//! sign in: what a page does is looked at here, and the whole in the tests of the program.

mod browser;
mod hooks;
mod people;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use org_auth::api_keys::ApiKeys;
use org_auth::entropy::KnownEntropy;
use org_auth::key_store::InMemoryKeys;
use org_auth::passwords::Passwords;
use org_auth::people::People;
use org_auth::rate::SignInAttempts;
use org_auth::second_factor::PlainBox;
use org_auth::second_factors::SecondFactors;
use org_auth::sessions::Sessions;
use org_auth::sign_in::SignIn;
use org_auth::user_store::InMemoryUsers;
use org_auth::users::Users;
use org_domain::events::CATALOGUE;
use org_domain::memory::InMemory;
use org_domain::organizations::{Organizations, Slug};
use org_domain::time_zone::TimeZone;
use org_kernel::StoreError;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery, Origin};
use org_kernel::clock::FrozenClock;
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::id_source::SequentialIds;
use org_kernel::text::Line;
use org_web::{Bounds, ProxyHeader};
use org_webhooks::deliveries::Deliveries;
use org_webhooks::egress::EgressPolicy;
use org_webhooks::endpoints::{Endpoints, Rules};
use org_webhooks::in_memory::InMemory as Hooks;
use org_webhooks::sealing::MasterKey;

pub(crate) use browser::{Browser, Page};

use crate::console::{Console, Ports, Settings};

/// When tests take place.
pub(crate) const NOW: &str = "2026-03-14T18:30:00Z";

/// What a test of pages stands on.
pub(crate) struct World {
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) domain: Arc<InMemory>,
    pub(crate) keys: Arc<InMemoryKeys>,
    pub(crate) hooks: Arc<Hooks>,
    pub(crate) users: Arc<InMemoryUsers>,
    pub(crate) ports: Ports,
    pub(crate) vienna: OrgId,
    pub(crate) linz: OrgId,
    pub(crate) settings: Settings,
}

/// One connection, and patience: many tests share a machine.
fn settings() -> Settings {
    Settings {
        public_url: None,
        trusted_proxies: Vec::new(),
        trusted_proxy_header: ProxyHeader::default(),
        store_connections: NonZeroU32::MIN,
        store_wait: Duration::from_secs(10),
        live: false,
        bounds: Bounds::default(),
    }
}

impl World {
    /// Two organizations, `vienna` and `linz`, each with an owner, an administrator and a viewer, and
    /// nothing else.
    pub(crate) fn new() -> Self {
        let clock = Arc::new(FrozenClock::at(NOW.parse().expect("an instant")));
        let domain = Arc::new(InMemory::default());
        let ids = Arc::new(SequentialIds::at(1_700_000_000_000));
        let organizations = Organizations::new(domain.clone(), clock.clone(), ids.clone());
        let [vienna, linz] = ["vienna", "linz"].map(|slug| found(&organizations, slug));
        let slugs = [(vienna, "vienna".to_owned()), (linz, "linz".to_owned())];
        let keys = Arc::new(InMemoryKeys::of(slugs.clone()));
        let users = Arc::new(InMemoryUsers::of(slugs));
        let hooks = Arc::new(Hooks::of([vienna, linz]));
        let entropy = Arc::new(KnownEntropy::seeded(7));
        let rules = Rules {
            egress: EgressPolicy::default(),
            event_types: CATALOGUE.iter().map(|event| event.name).collect(),
        };
        let endpoints = Arc::new(Endpoints::new(
            hooks.clone(),
            clock.clone(),
            ids.clone(),
            entropy.clone(),
            Some(Arc::new(master_key(&entropy))),
            rules,
        ));
        let people = People::of(&users);
        let attempts = Arc::new(SignInAttempts::new(clock.clone()));
        let passwords = Passwords::new(
            people.clone(),
            attempts.clone(),
            clock.clone(),
            ids.clone(),
            entropy.clone(),
        );
        let trail = Trails(vec![
            domain.clone(),
            keys.clone(),
            hooks.clone(),
            users.clone(),
        ]);
        let ports = Ports {
            organizations,
            sessions: Arc::new(Sessions::new(people.clone(), clock.clone(), ids.clone())),
            keys: Arc::new(ApiKeys::new(
                keys.clone(),
                clock.clone(),
                ids.clone(),
                entropy.clone(),
                Arc::default(),
            )),
            usage: keys.clone(),
            traffic: keys.clone(),
            users: Users::new(people.clone(), clock.clone(), ids.clone(), entropy.clone()),
            sign_in: SignIn::new(
                people.clone(),
                Some(Arc::<PlainBox>::default()),
                attempts.clone(),
                Arc::default(),
                clock.clone(),
                ids.clone(),
                entropy.clone(),
            ),
            second_factors: SecondFactors::new(
                people.clone(),
                passwords.clone(),
                Some(Arc::<PlainBox>::default()),
                clock.clone(),
                ids.clone(),
                entropy.clone(),
            ),
            passwords,
            figures: hooks.clone(),
            deliveries: Arc::new(Deliveries::new(
                hooks.clone(),
                endpoints.clone(),
                clock.clone(),
                ids.clone(),
            )),
            endpoints,
            trail: Arc::new(trail),
            observer: Arc::new(()),
            clock: clock.clone(),
            ids,
            entropy,
        };
        let world = Self {
            clock,
            domain,
            keys,
            hooks,
            users,
            ports,
            vienna,
            linz,
            settings: settings(),
        };
        world.invite_all();
        world
    }

    /// The console of this world.
    pub(crate) fn console(&self) -> Arc<Console> {
        Console::new(self.ports.clone(), self.settings.clone())
    }
}

fn found(organizations: &Organizations, slug: &str) -> OrgId {
    let name = format!("{slug} Example Orchestra");
    let created = organizations.create(
        Slug::from_text(slug).expect("a slug"),
        Line::from_text(&name).expect("a name"),
        TimeZone::from_text("Europe/Vienna").expect("a zone"),
        &Origin::OPERATOR,
    );
    created.expect("founded").id
}

fn master_key(entropy: &KnownEntropy) -> MasterKey {
    let text = MasterKey::generate(entropy).expect("a key");
    MasterKey::parse(&text).expect("a key")
}

/// The stores in memory each keep the trail of what they do; together they are what one database keeps.
struct Trails(Vec<Arc<dyn AuditTrail>>);

impl AuditTrail for Trails {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        let found: Result<Vec<_>, _> = self.0.iter().map(|trail| trail.entries(query)).collect();
        let found = found?.concat();
        Ok(query.find(&found))
    }
}
