//! Making, changing and ending endpoints, and their secrets.
//!
//! Whatever is asked for is held to the [`Rules`] first. What it comes to is decided by the store, on
//! the endpoint as it is when its turn has come, so that the audit trail has the values that were truly
//! there before; and what changes nothing is not written, and not told.

mod errors;
mod request;
mod secrets;
mod switching;
#[cfg(test)]
mod tests;
mod told;

use std::cell::Cell;
use std::sync::Arc;

use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::entropy::Entropy;
use org_kernel::id::OrgId;
use org_kernel::id_source::IdSource;
use org_kernel::{StoreError, WriteError};

use crate::endpoint::Endpoint;
use crate::endpoint_store::{EndpointStore, NoSuchEndpoint, Target};
use crate::sealing::MasterKey;
use crate::secret::SigningSecret;
use told::Told;

pub use errors::{ChangeError, CreateError, NoSecret, RotateError, SecretsError};
pub use request::{EndpointChanges, EndpointRequest, Rules};
pub use secrets::KEPT_FOR;
pub use switching::FAILING_FOR;

/// The endpoints of every organization. Every method that asks the store blocks.
pub struct Endpoints {
    store: Arc<dyn EndpointStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    entropy: Arc<dyn Entropy>,
    master_key: Option<Arc<MasterKey>>,
    rules: Rules,
}

impl Endpoints {
    /// Secrets are encrypted under `master_key`; without it, everything is done but what makes or opens
    /// one. `rules` say what an endpoint may be.
    pub fn new(
        store: Arc<dyn EndpointStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        entropy: Arc<dyn Entropy>,
        master_key: Option<Arc<MasterKey>>,
        rules: Rules,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            entropy,
            master_key,
            rules,
        }
    }

    /// Whether there is a master key, without which no secret is made or opened.
    pub const fn has_master_key(&self) -> bool {
        self.master_key.is_some()
    }

    /// Makes an endpoint, which is enabled, and answers it with the one sight of its secret.
    pub fn create(
        &self,
        request: &EndpointRequest,
        origin: &Origin,
    ) -> Result<(Endpoint, SigningSecret), CreateError> {
        let now = self.clock.now();
        let asked = self.rules.check(request).map_err(CreateError::Invalid)?;
        let endpoint = Endpoint {
            id: request.id.unwrap_or_else(|| self.ids.next()),
            org: request.org,
            url: asked.url,
            description: asked.description,
            event_types: asked.event_types,
            enabled: true,
            disabled_because: None,
            failing_since: None,
            created_at: now,
            updated_at: now,
        };
        let (secret, stored) = self.new_secret(endpoint.id, now)?;
        let created = Change::new(
            self.ids.uuid(),
            now,
            "webhook_endpoint.created",
            endpoint.id,
        )
        .between(None, &Told::of(&endpoint), &[])
        .map_err(CreateError::Store)?;
        let entry = Entry::of(created, origin);
        self.store.insert(&endpoint, &stored, &entry)?;
        Ok((endpoint, secret))
    }

    /// All endpoints of an organization in the order in which they were made.
    pub fn list(&self, org: OrgId) -> Result<Vec<Endpoint>, StoreError> {
        self.store.list(org)
    }

    /// One endpoint: an id alone means that of whatever organization.
    pub fn find(&self, target: impl Into<Target>) -> Result<Option<Endpoint>, StoreError> {
        self.store.find(target.into())
    }

    /// Changes what `changes` name, and answers the endpoint as it is then. What is as it was before is
    /// no change: where nothing else is asked for, nothing is written.
    pub fn change(
        &self,
        target: impl Into<Target>,
        changes: &EndpointChanges,
        origin: &Origin,
    ) -> Result<Endpoint, ChangeError> {
        let asked = self.rules.check_changes(changes);
        let asked = asked.map_err(ChangeError::Invalid)?;
        let action = "webhook_endpoint.changed";
        let is_as_seen =
            |endpoint: &Endpoint| changes.seen.is_none_or(|seen| seen == endpoint.updated_at);
        let is_other = Cell::new(false);
        let endpoint = self.edit(target.into(), action, origin, &|endpoint| {
            is_other.set(!is_as_seen(endpoint));
            if !is_other.get() {
                asked.apply_to(endpoint);
            }
        })?;
        if is_other.get() {
            return Err(ChangeError::Changed(Box::new(endpoint)));
        }
        Ok(endpoint)
    }

    /// Deletes an endpoint with its secrets.
    pub fn delete(
        &self,
        target: impl Into<Target>,
        origin: &Origin,
    ) -> Result<(), WriteError<NoSuchEndpoint>> {
        let (now, id) = (self.clock.now(), self.ids.uuid());
        self.store.delete(target.into(), &mut |endpoint| {
            let deleted = Change::new(id, now, "webhook_endpoint.deleted", endpoint.id);
            let deleted = deleted.between(Some(&Told::of(endpoint)), &Told::NOTHING, &[])?;
            Ok(Entry::of(deleted, origin))
        })
    }

    fn edit(
        &self,
        target: Target,
        action: &'static str,
        origin: &Origin,
        apply: &dyn Fn(&mut Endpoint),
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        let (now, id) = (self.clock.now(), self.ids.uuid());
        self.store.edit(target, &mut |before| {
            let mut after = before.clone();
            apply(&mut after);
            if after == *before {
                return Ok(None);
            }
            after.updated_at = now;
            let change = Change::new(id, now, action, after.id);
            let change = change.between(Some(&Told::of(before)), &Told::of(&after), &[])?;
            Ok(Some((after, Entry::of(change, origin))))
        })
    }
}
