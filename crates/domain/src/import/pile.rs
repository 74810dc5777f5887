//! The rows of one kind within a chunk, sorted into what is new, what changed, and the rest.

use std::collections::HashMap;

use org_kernel::StoreError;
use org_kernel::event::Outbox;
use org_kernel::field::FieldErrors;
use org_kernel::id::Id;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;
use uuid::Uuid;

use super::candidate::Candidate;
use super::row_facts::{Change, RowFacts};
use super::{ExternalId, Links, Upserts};
use crate::record::Record;

/// What is stored of one kind under the names in a chunk, and what becomes of it.
pub(super) struct Pile<F: RowFacts> {
    stored: HashMap<ExternalId, Record<F>>,
    created: Vec<(ExternalId, Record<F>)>,
    updated: Vec<Record<F>>,
}

impl<F: RowFacts> Default for Pile<F> {
    fn default() -> Self {
        Self {
            stored: HashMap::new(),
            created: Vec::new(),
            updated: Vec::new(),
        }
    }
}

impl<F: RowFacts> Pile<F> {
    /// Asks for what is stored under `ids`.
    pub(super) fn fetch(
        tx: &mut (impl Upserts<F> + ?Sized),
        ids: &[ExternalId],
    ) -> Result<Self, StoreError> {
        let stored = if ids.is_empty() {
            HashMap::new()
        } else {
            tx.stored(ids)?
        };
        Ok(Self {
            stored,
            ..Self::default()
        })
    }

    /// The id under which a row is stored already.
    pub(super) fn id_of(&self, name: &ExternalId) -> Option<Uuid> {
        self.stored.get(name).map(|record| record.id.uuid())
    }

    /// Reads the facts of a row and puts them where they belong, under `id` if they are new.
    /// `None` when something is wrong with the row, which now says what.
    pub(super) fn read(
        &mut self,
        row: &mut Candidate,
        id: Option<Uuid>,
        links: &Links,
        now: Instant,
    ) -> Option<Change> {
        let mut fields = row.fields();
        fields.ignore(F::DERIVED);
        let facts = F::read(&mut fields, links);
        if let Err(errors) = fields.finish() {
            row.errors.merge(errors);
        }
        if !row.errors.is_empty() {
            return None;
        }
        let change = self.place(row.id.clone()?, id?, row.partial, facts?, now);
        change.map_err(|errors| row.errors.merge(errors)).ok()
    }

    fn place(
        &mut self,
        name: ExternalId,
        id: Uuid,
        partial: bool,
        facts: F,
        now: Instant,
    ) -> Result<Change, FieldErrors> {
        let Some(stored) = self.stored.remove(&name) else {
            let record = Record {
                id: Id::new(id),
                facts,
                created_at: now,
                updated_at: now,
            };
            self.created.push((name, record));
            return Ok(Change::Created);
        };
        let facts = if partial {
            stored.facts.with_part(&facts)?
        } else {
            facts
        };
        if facts == stored.facts {
            return Ok(Change::Unchanged);
        }
        self.updated.push(Record {
            facts,
            updated_at: now,
            ..stored
        });
        Ok(Change::Updated)
    }

    /// Stores what is new and what changed.
    pub(super) fn write(&self, tx: &mut (impl Upserts<F> + ?Sized)) -> Result<(), StoreError> {
        if !self.created.is_empty() {
            tx.insert(&self.created)?;
        }
        if !self.updated.is_empty() {
            tx.update(&self.updated)?;
        }
        Ok(())
    }

    /// Emits the events that tell of what [`write`](Self::write) stored.
    pub(super) fn announce(
        &self,
        outbox: &mut (impl Outbox + ?Sized),
        ids: &dyn IdSource,
    ) -> Result<(), StoreError> {
        let created = self.created.iter().map(|(_, record)| record);
        let created = created.map(|record| (record, Change::Created));
        let updated = self.updated.iter().map(|record| (record, Change::Updated));
        for (record, change) in created.chain(updated) {
            if let Some(event) = F::event(record, change, ids)? {
                outbox.append(event)?;
            }
        }
        Ok(())
    }
}
