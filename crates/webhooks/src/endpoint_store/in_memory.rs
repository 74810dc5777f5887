//! The endpoint store that tests stand on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use org_kernel::audit::{AuditTrail, Entry, EntryQuery};
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::{StoreError, WriteError};

use super::{Edit, EndpointStore, NoSuchEndpoint, NoSuchOrg, Rotation, StoredSecret, Target, Tell};
use crate::endpoint::Endpoint;

/// Endpoints in memory, the organizations that they may belong to, and what is written of both.
#[derive(Debug, Default)]
pub struct InMemoryEndpoints {
    orgs: BTreeSet<OrgId>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Each with its secrets, the newest first.
    endpoints: BTreeMap<EndpointId, (Endpoint, Vec<StoredSecret>)>,
    trail: Vec<(OrgId, Entry)>,
}

impl State {
    fn get(
        &mut self,
        target: Target,
    ) -> Result<&mut (Endpoint, Vec<StoredSecret>), WriteError<NoSuchEndpoint>> {
        let found = self.endpoints.get_mut(&target.id);
        found
            .filter(|(endpoint, _)| is_meant(endpoint, target))
            .ok_or(WriteError::Refused(NoSuchEndpoint))
    }
}

fn is_meant(endpoint: &Endpoint, target: Target) -> bool {
    target.org.is_none_or(|org| org == endpoint.org)
}

impl InMemoryEndpoints {
    /// A store without endpoints, for these organizations.
    pub fn of(orgs: impl IntoIterator<Item = OrgId>) -> Self {
        Self {
            orgs: orgs.into_iter().collect(),
            ..Self::default()
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let state = self.state.lock();
        state.expect("no test panicked within the store")
    }
}

impl EndpointStore for InMemoryEndpoints {
    fn insert(
        &self,
        endpoint: &Endpoint,
        secret: &StoredSecret,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchOrg>> {
        if !self.orgs.contains(&endpoint.org) {
            return Err(WriteError::Refused(NoSuchOrg));
        }
        let mut state = self.lock();
        if state.endpoints.contains_key(&endpoint.id) {
            return Err(StoreError::failed("the endpoint is stored already").into());
        }
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
        state.trail.push((org, entry));
        Ok(())
    }

    fn rotate(
        &self,
        target: Target,
        rotation: &Rotation,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchEndpoint>> {
        let mut state = self.lock();
        let (endpoint, secrets) = state.get(target)?;
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

impl AuditTrail for InMemoryEndpoints {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        let state = self.lock();
        let trail = state.trail.iter();
        let asked_for = trail.filter(|(org, _)| Some(*org) == query.org);
        Ok(query.find(asked_for.map(|(_, entry)| entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Ground;
    use crate::testing::org;

    impl Ground for InMemoryEndpoints {
        fn store(&self) -> &dyn EndpointStore {
            self
        }

        fn trail(&self) -> &dyn AuditTrail {
            self
        }

        fn orgs(&self) -> [OrgId; 2] {
            [org(1), org(2)]
        }
    }

    crate::endpoint_contract!(|| InMemoryEndpoints::of([org(1), org(2)]));
}
