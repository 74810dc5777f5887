//! What stands behind the settings console.

use std::sync::Arc;

use org_auth::api_keys::ApiKeys;
use org_auth::entropy::SystemEntropy;
use org_auth::passwords::Passwords;
use org_auth::people::People;
use org_auth::rate::SignInAttempts;
use org_auth::refusals::Refusals;
use org_auth::second_factors::SecondFactors;
use org_auth::sessions::Sessions;
use org_auth::sign_in::SignIn;
use org_auth::users::Users;
use org_auth::verifier::KnownKeys;
use org_console::{Console, Ports};
use org_domain::organizations::Organizations;
use org_web::{Bounds, Observer};
use org_webhooks::deliveries::Deliveries;
use org_webhooks::sealing::MasterKey;

use crate::database::{Database, clock, ids};
use crate::endpoints::endpoints;
use crate::second_factors::secret_box;
use crate::settings::{Delivery, Settings};

/// The console of a server; `known` are the keys that its API remembers, so that one that is revoked in
/// the console is refused at once, and `refusals` what is told of whoever is refused, by either.
pub(super) fn console(
    settings: &Settings,
    database: &Database,
    master_key: Option<Arc<MasterKey>>,
    known: Arc<KnownKeys>,
    refusals: Arc<Refusals>,
    observer: Arc<dyn Observer>,
    bounds: Bounds,
) -> Arc<Console> {
    let store = database.store();
    let entropy = Arc::new(SystemEntropy::new());
    let secret_box = secret_box(master_key.clone());
    let endpoints = Arc::new(endpoints(settings, database, master_key));
    let people = People::of(&store);
    let attempts = Arc::new(SignInAttempts::new(clock()));
    let passwords = Passwords::new(
        people.clone(),
        attempts.clone(),
        clock(),
        ids(),
        entropy.clone(),
    );
    let keys = ApiKeys::new(store.clone(), clock(), ids(), entropy.clone(), known);
    let deliveries = Deliveries::new(store.clone(), endpoints.clone(), clock(), ids());
    let ports = Ports {
        organizations: Organizations::new(store.clone(), clock(), ids()),
        sessions: Arc::new(Sessions::new(people.clone(), clock(), ids())),
        sign_in: SignIn::new(
            people.clone(),
            secret_box.clone(),
            attempts,
            refusals,
            clock(),
            ids(),
            entropy.clone(),
        ),
        second_factors: SecondFactors::new(
            people.clone(),
            passwords.clone(),
            secret_box,
            clock(),
            ids(),
            entropy.clone(),
        ),
        passwords,
        keys: Arc::new(keys),
        usage: store.clone(),
        traffic: store.clone(),
        users: Users::new(people, clock(), ids(), entropy.clone()),
        figures: store.clone(),
        endpoints,
        deliveries: Arc::new(deliveries),
        trail: store,
        observer,
        clock: clock(),
        ids: ids(),
        entropy,
    };
    Console::new(
        ports,
        org_console::Settings {
            public_url: settings.public_url.clone(),
            trusted_proxies: settings.trusted_proxies.clone(),
            trusted_proxy_header: settings.trusted_proxy_header,
            store_connections: settings.pool.connections,
            store_wait: settings.pool.wait,
            bounds,
            live: matches!(settings.webhooks.delivery, Delivery::Live),
        },
    )
}
