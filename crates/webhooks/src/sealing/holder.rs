//! What a sealed text belongs to.

use std::fmt;

use org_kernel::audit::Subject;
use org_kernel::id::{EndpointId, UserId};

/// Whose a sealed text is. It opens for nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// An endpoint's secret, which its deliveries are signed with.
    Endpoint(EndpointId),
    /// The secret of a user's second factor.
    User(UserId),
}

impl Holder {
    /// What is bound into the ciphertext. No two holders have the same: an endpoint's is sixteen bytes,
    /// as it was when endpoints alone had secrets, and a user's is longer.
    pub(super) fn bound(self) -> Vec<u8> {
        match self {
            Self::Endpoint(endpoint) => endpoint.uuid().into_bytes().to_vec(),
            Self::User(user) => format!("second factor of {user}").into_bytes(),
        }
    }
}

impl From<EndpointId> for Holder {
    fn from(endpoint: EndpointId) -> Self {
        Self::Endpoint(endpoint)
    }
}

impl From<UserId> for Holder {
    fn from(user: UserId) -> Self {
        Self::User(user)
    }
}

impl From<Holder> for Subject {
    fn from(holder: Holder) -> Self {
        match holder {
            Holder::Endpoint(endpoint) => endpoint.into(),
            Holder::User(user) => user.into(),
        }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(endpoint) => endpoint.fmt(f),
            Self::User(user) => user.fmt(f),
        }
    }
}
