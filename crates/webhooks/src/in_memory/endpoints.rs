//! Endpoints and their secrets.

use org_kernel::audit::Entry;
use org_kernel::id::OrgId;
use org_kernel::{StoreError, WriteError};

use super::{InMemory, is_meant};
use crate::endpoint::Endpoint;
use crate::endpoint_store::{
    Edit, EndpointStore, NoSuchEndpoint, NotInserted, NotRotated, Rotation, StoredSecret, Target,
    Tell,
};

impl EndpointStore for InMemory {
    fn insert(
        &self,
        endpoint: &Endpoint,
        secret: &StoredSecret,
        entry: &Entry,
    ) -> Result<(), WriteError<NotInserted>> {
        if !self.orgs.contains_key(&endpoint.org) {
            return Err(WriteError::Refused(NotInserted::NoSuchOrg));
        }
        let mut state = self.lock();
        if state.endpoints.contains_key(&endpoint.id) {
            return Err(WriteError::Refused(NotInserted::Exists));
        }
        state.check_key(&secret.sealed)?;
        let stored = (endpoint.clone(), vec![secret.clone()]);
        state.endpoints.insert(endpoint.id, stored);
        state.trail.push((endpoint.org, entry.clone()));
        Ok(())
    }

    fn list(&self, org: OrgId) -> Result<Vec<Endpoint>, StoreError> {
        let state = self.lock();
        let endpoints = state.endpoints.values().map(|(endpoint, _)| endpoint);
        let of_org = endpoints.filter(|endpoint| endpoint.org == org);
        let mut listed: Vec<_> = of_org.cloned().collect();
        listed.sort_by_key(|endpoint| (endpoint.created_at, endpoint.id));
        Ok(listed)
    }

    fn find(&self, target: Target) -> Result<Option<Endpoint>, StoreError> {
        let state = self.lock();
        let found = state
            .endpoints
            .get(&target.id)
            .map(|(endpoint, _)| endpoint);
        Ok(found.filter(|endpoint| is_meant(endpoint, target)).cloned())
    }

    fn edit(
        &self,
        target: Target,
        edit: &mut Edit<'_>,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        let mut state = self.lock();
        let (stored, _) = state.get(target)?;
        let Some((edited, entry)) = edit(stored)? else {
            return Ok(stored.clone());
        };
        *stored = edited.clone();
        state.trail.push((edited.org, entry));
        Ok(edited)
    }

    fn delete(
        &self,
        target: Target,
        tell: &mut Tell<'_>,
    ) -> Result<(), WriteError<NoSuchEndpoint>> {
        let mut state = self.lock();
        let (stored, _) = state.get(target)?;
        let (org, entry) = (stored.org, tell(stored)?);
        state.endpoints.remove(&target.id);
        let deliveries = &mut state.deliveries;
        deliveries.retain(|_, stored| stored.delivery.endpoint != target.id);
        state.trail.push((org, entry));
        Ok(())
    }

    fn rotate(
        &self,
        target: Target,
        rotation: &Rotation,
        entry: &Entry,
    ) -> Result<(), WriteError<NotRotated>> {
        let mut state = self.lock();
        let (_, secrets) = state.get(target).map_err(WriteError::refused_as)?;
        let newest = secrets.first().map(|newest| newest.id);
        if rotation.replaces.is_some() && rotation.replaces != newest {
            return Err(WriteError::Refused(NotRotated::Changed));
        }
        state.check_key(&rotation.secret.sealed)?;
        let (endpoint, secrets) = state.get(target).map_err(WriteError::refused_as)?;
        secrets.truncate(1);
        for old in secrets.iter_mut() {
            old.expires_at = Some(rotation.old_until);
        }
        secrets.insert(0, rotation.secret.clone());
        let org = endpoint.org;
        state.trail.push((org, entry.clone()));
        Ok(())
    }

    fn secrets(&self, target: Target) -> Result<Vec<StoredSecret>, StoreError> {
        let state = self.lock();
        let found = state.endpoints.get(&target.id);
        let found = found.filter(|(endpoint, _)| is_meant(endpoint, target));
        Ok(found
            .map(|(_, secrets)| secrets.clone())
            .unwrap_or_default())
    }
}
