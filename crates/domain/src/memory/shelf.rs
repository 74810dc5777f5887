//! The records of one kind.

use std::collections::{BTreeMap, HashMap};

use org_kernel::StoreError;
use org_kernel::id::Id;
use uuid::Uuid;

use crate::import::ExternalId;
use crate::record::{Facts, Record};

/// Records under their ids, and the external ids by which they came.
#[derive(Clone, Debug)]
pub(super) struct Shelf<F: Facts> {
    records: BTreeMap<Uuid, Record<F>>,
    names: HashMap<ExternalId, Uuid>,
}

impl<F: Facts> Default for Shelf<F> {
    fn default() -> Self {
        Self {
            records: BTreeMap::new(),
            names: HashMap::new(),
        }
    }
}

impl<F: Facts> Shelf<F> {
    pub(super) fn records(&self) -> impl Iterator<Item = &Record<F>> {
        self.records.values()
    }

    pub(super) fn get(&self, id: Id<F::Kind>) -> Option<&Record<F>> {
        self.records.get(&id.uuid())
    }

    pub(super) fn named(&self, name: &ExternalId) -> Option<&Record<F>> {
        self.records.get(self.names.get(name)?)
    }

    pub(super) fn insert(&mut self, name: ExternalId, record: Record<F>) -> Result<(), StoreError> {
        if self.names.insert(name, record.id.uuid()).is_some() {
            return Err(StoreError::failed("a record has this external id"));
        }
        self.add(record)
    }

    /// A record that has no external id.
    pub(super) fn add(&mut self, record: Record<F>) -> Result<(), StoreError> {
        if self.records.insert(record.id.uuid(), record).is_some() {
            return Err(StoreError::failed("a record has this id"));
        }
        Ok(())
    }

    pub(super) fn update(&mut self, record: &Record<F>) -> Result<(), StoreError> {
        let stored = self.records.get_mut(&record.id.uuid());
        let stored = stored.ok_or_else(|| StoreError::failed("no record has this id"))?;
        stored.facts = record.facts.clone();
        stored.updated_at = record.updated_at;
        Ok(())
    }
}

/// What can be asked of a shelf without knowing what stands on it.
pub(super) trait AnyShelf {
    /// True when a record has this id.
    fn has(&self, id: Uuid) -> bool;

    /// The id of the record that came under this external id.
    fn id_of(&self, name: &ExternalId) -> Option<Uuid>;
}

impl<F: Facts> AnyShelf for Shelf<F> {
    fn has(&self, id: Uuid) -> bool {
        self.records.contains_key(&id)
    }

    fn id_of(&self, name: &ExternalId) -> Option<Uuid> {
        self.names.get(name).copied()
    }
}
