//! The stores of users and of all that hangs on them, as the use cases take them.

use std::sync::Arc;

use crate::link_store::LinkStore;
use crate::second_factor_store::SecondFactorStore;
use crate::session_store::SessionStore;
use crate::user_store::UserStore;

/// Four ports, mostly of one store.
#[derive(Clone)]
pub struct People {
    /// Users.
    pub users: Arc<dyn UserStore>,
    /// Their one-time links.
    pub links: Arc<dyn LinkStore>,
    /// Their sessions.
    pub sessions: Arc<dyn SessionStore>,
    /// Their second factors.
    pub second_factors: Arc<dyn SecondFactorStore>,
}

impl People {
    /// The four ports of one store.
    pub fn of<S>(store: &Arc<S>) -> Self
    where
        S: UserStore + LinkStore + SessionStore + SecondFactorStore + 'static,
    {
        Self {
            users: Arc::clone(store) as _,
            links: Arc::clone(store) as _,
            sessions: Arc::clone(store) as _,
            second_factors: Arc::clone(store) as _,
        }
    }
}
