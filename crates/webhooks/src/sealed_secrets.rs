//! The port to all stored secrets at once, whatever organization they are of.
//!
//! It is for whoever holds the master key. Secrets come and go one by one elsewhere: those of endpoints
//! through [`EndpointStore`](crate::endpoint_store::EndpointStore), those of second factors through a
//! port that is not of this crate.

use org_kernel::audit::Entry;
use org_kernel::entropy::NoEntropy;
use org_kernel::{StoreError, WriteError};

use crate::sealing::{Holder, NotOpened, Sealed};

/// Knows what stored secrets are sealed under. Every method blocks until the store has answered.
///
/// All secrets are sealed under one master key at a time: a store refuses to take one that is sealed
/// under another, so that whoever still has an old key cannot leave a secret that nobody opens.
pub trait SealedSecrets: Send + Sync {
    /// The id of the master key that stored secrets are sealed under; none while there are no secrets.
    fn sealed_under(&self) -> Result<Option<String>, StoreError>;

    /// [`sealed_under`](Self::sealed_under), once every [`reseal`](Self::reseal) that has begun is done
    /// or undone. Whoever asked for one may have died since, and the store goes on without it: until
    /// then nobody knows which of two keys is still needed.
    fn sealed_under_at_rest(&self) -> Result<Option<String>, StoreError>;

    /// Stores what `reseal` makes of all secrets, a holder at a time, with what it tells of each
    /// holder in the trail of its organization; and answers how many secrets that were. It is one
    /// transaction: where `reseal` fails, nothing is stored, and a secret that is made meanwhile comes
    /// before it or after it.
    fn reseal(&self, reseal: &mut Reseal<'_>) -> Result<usize, WriteError<NotResealed>>;
}

/// Seals the secrets of one holder anew, in their order. A store that has to begin a transaction again
/// calls it again.
pub type Reseal<'a> =
    dyn FnMut(Holder, &[Sealed]) -> Result<(Vec<Sealed>, Entry), NotResealed> + 'a;

/// Why secrets are still sealed as they were.
#[derive(Debug, thiserror::Error)]
pub enum NotResealed {
    /// One of them did not open.
    #[error("a secret of {holder} was not opened")]
    NotOpened {
        /// Whose it is.
        holder: Holder,
        /// Why it did not.
        #[source]
        cause: NotOpened,
    },
    /// There was nothing to seal with.
    #[error("no secret could be sealed")]
    NoEntropy(#[from] NoEntropy),
}
