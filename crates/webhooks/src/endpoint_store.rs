//! The port to wherever endpoints and their secrets are stored.

use org_kernel::audit::Entry;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use uuid::Uuid;

use crate::endpoint::Endpoint;
use crate::sealing::Sealed;

/// Stores endpoints. Every method blocks until the store has answered, and each is one transaction of
/// the endpoint's organization, with the write and its entry in the audit trail, or neither.
///
/// Writes of one endpoint wait for one another: what is decided about it is decided about how it is
/// then. What is promised here is tested by the suite in `contract`, which every adapter runs.
pub trait EndpointStore: Send + Sync {
    /// Stores a new endpoint with its first secret.
    ///
    /// An id that is stored already, for whichever organization, is refused, and leaves what is stored as
    /// it was. So is that of an endpoint that was deleted, as long as its deliveries are being forgotten.
    fn insert(
        &self,
        endpoint: &Endpoint,
        secret: &StoredSecret,
        entry: &Entry,
    ) -> Result<(), WriteError<NotInserted>>;

    /// All endpoints of one organization in the order in which they were made (then by id); none for
    /// an organization that does not exist.
    fn list(&self, org: OrgId) -> Result<Vec<Endpoint>, StoreError>;

    /// One endpoint.
    fn find(&self, target: Target) -> Result<Option<Endpoint>, StoreError>;

    /// Stores what `edit` makes of an endpoint, and answers the endpoint as it is then.
    ///
    /// Where `edit` makes nothing of it, or fails, nothing is stored.
    fn edit(
        &self,
        target: Target,
        edit: &mut Edit<'_>,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>>;

    /// Deletes an endpoint with its secrets, and stores what `tell` says of it: nobody finds it from then
    /// on, and nothing more is sent to it. Its deliveries are forgotten after that, a part at a time; where
    /// that is interrupted, it is done all the same, and what is left is forgotten later.
    fn delete(&self, target: Target, tell: &mut Tell<'_>)
    -> Result<(), WriteError<NoSuchEndpoint>>;

    /// Makes a new secret the newest one, which has no end. The one that was the newest is given its
    /// end; all that are older are deleted, so that there are never more than two. Where the rotation
    /// names the secret whose place it takes, and another one is the newest, nothing is done.
    fn rotate(
        &self,
        target: Target,
        rotation: &Rotation,
        entry: &Entry,
    ) -> Result<(), WriteError<NotRotated>>;

    /// The secrets of an endpoint, the newest first, and then the one before it if there is one, whether
    /// or not it has ended; none for an endpoint that does not exist.
    fn secrets(&self, target: Target) -> Result<Vec<StoredSecret>, StoreError>;
}

/// Makes something of an endpoint, and tells of it; or makes nothing of it.
///
/// It leaves the id, the organization and the time of the making as they are. A store that has to begin
/// a transaction again calls it again.
pub type Edit<'a> = dyn FnMut(&Endpoint) -> Result<Option<(Endpoint, Entry)>, StoreError> + 'a;

/// Tells of an endpoint. A store that has to begin a transaction again calls it again.
pub type Tell<'a> = dyn FnMut(&Endpoint) -> Result<Entry, StoreError> + 'a;

/// Which endpoint is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The organization that it must be of: another's does not exist. None for whoever runs the server,
    /// who may mean any.
    pub org: Option<OrgId>,
    /// Its id.
    pub id: EndpointId,
}

impl From<EndpointId> for Target {
    /// The endpoint of whatever organization.
    fn from(id: EndpointId) -> Self {
        Self { org: None, id }
    }
}

/// A secret as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSecret {
    /// Its id.
    pub id: Uuid,
    /// The secret, encrypted.
    pub sealed: Sealed,
    /// When it was made.
    pub created_at: Instant,
    /// From when on it is not valid; the newest has no end.
    pub expires_at: Option<Instant>,
}

impl StoredSecret {
    /// True until its end.
    pub fn is_valid_at(&self, now: Instant) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// One secret takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The new one, which has no end.
    pub secret: StoredSecret,
    /// From when on the one before it is not valid.
    pub old_until: Instant,
    /// The id of the secret whose place it takes; none where it takes that of whichever is the newest.
    pub replaces: Option<Uuid>,
}

/// Why an endpoint was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotInserted {
    /// The organization does not exist, or does no longer.
    #[error("there is no such organization")]
    NoSuchOrg,
    /// Its id is stored already.
    #[error("there is such an endpoint already")]
    Exists,
}

/// Why a secret was not rotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRotated {
    /// The endpoint does not exist, or does no longer, or is another organization's.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// Another secret is the newest by now.
    #[error("another secret has taken its place")]
    Changed,
}

impl From<NoSuchEndpoint> for NotRotated {
    fn from(_: NoSuchEndpoint) -> Self {
        Self::NoSuchEndpoint
    }
}

/// The endpoint does not exist, or does no longer, or is another organization's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such endpoint")]
pub struct NoSuchEndpoint;
