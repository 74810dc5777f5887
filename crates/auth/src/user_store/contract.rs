//! The promises of the four ports to users, links, sessions and second factors, as one suite for every
//! adapter: they are about each other, and stand in one store.

mod links;
mod owners;
mod passwords;
mod scene;
mod second_factors;
mod sessions;
mod users;

use org_kernel::audit::AuditTrail;

use crate::contract::ExistingOrg;
use crate::link_store::LinkStore;
use crate::second_factor_store::SecondFactorStore;
use crate::session_store::SessionStore;
use crate::user_store::UserStore;
use scene::{Promise, Scene};

/// The four ports, and where the trail is read that they write to.
pub trait Ports: UserStore + LinkStore + SessionStore + SecondFactorStore + AuditTrail {}

impl<S: UserStore + LinkStore + SessionStore + SecondFactorStore + AuditTrail> Ports for S {}

/// What one promise is tested on: a store without users, and two organizations that exist.
///
/// Whatever the ground needs to stay alive for (a database, say) lives as long as the ground does.
pub trait Ground {
    /// The store, in which there is no user yet.
    fn store(&self) -> &dyn Ports;

    /// Two organizations that exist in the store.
    fn orgs(&self) -> [ExistingOrg; 2];
}

/// Holds an adapter to every promise, each on a ground of its own.
///
/// # Panics
/// When a promise is not kept; the message says which.
pub fn contract<G: Ground>(make: impl Fn() -> G) {
    let suites: [&[Promise]; 6] = [
        users::PROMISES,
        owners::PROMISES,
        passwords::PROMISES,
        links::PROMISES,
        sessions::PROMISES,
        second_factors::PROMISES,
    ];
    for promise in suites.into_iter().flatten() {
        promise(&Scene::new(&make()));
    }
}
