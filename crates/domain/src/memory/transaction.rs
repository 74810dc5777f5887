//! A transaction: a copy of everything that one organization holds.

use std::collections::{HashMap, HashSet};

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Journal, Origin};
use org_kernel::event::{Event, Outbox};
use uuid::Uuid;

use super::holdings::Holdings;
use super::references::Refers;
use crate::contacts::Contact;
use crate::history::Performance;
use crate::import::{ExternalId, ExternalKey, ImportTx, Upserts};
use crate::instruments::InstrumentFile;
use crate::productions::ProductionPlan;
use crate::record::Record;
use crate::repertoire::Work;
use crate::reports::Report;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;

pub(super) struct Transaction {
    pub(super) holdings: Holdings,
    origin: Origin,
    /// What there was when the file began, if one has.
    before_file: Option<Holdings>,
    met: HashMap<ExternalKey, Uuid>,
}

impl Transaction {
    pub(super) fn on(holdings: Holdings, origin: &Origin) -> Self {
        Self {
            holdings,
            origin: origin.clone(),
            before_file: None,
            met: HashMap::new(),
        }
    }

    pub(super) fn into_holdings(self) -> Holdings {
        self.holdings
    }

    pub(super) fn check(&self, facts: &impl Refers) -> Result<(), StoreError> {
        let mut references = facts.references().into_iter();
        if references.all(|(kind, id)| self.holdings.has(kind, id)) {
            return Ok(());
        }
        Err(StoreError::failed("a reference leads to no record"))
    }
}

impl Outbox for Transaction {
    fn append(&mut self, event: Event) -> Result<(), StoreError> {
        self.holdings.events.push(event);
        Ok(())
    }
}

impl Journal for Transaction {
    fn note(&mut self, change: Change) -> Result<(), StoreError> {
        let entry = Entry::of(change, &self.origin);
        self.holdings.entries.push(entry);
        Ok(())
    }
}

impl ImportTx for Transaction {
    fn begin_file(&mut self) -> Result<(), StoreError> {
        self.met.clear();
        self.before_file = Some(self.holdings.clone());
        Ok(())
    }

    fn end_file(&mut self, keep: bool) -> Result<(), StoreError> {
        let before = self.before_file.take();
        let before = before.ok_or_else(|| StoreError::failed("no file was begun"))?;
        if !keep {
            self.holdings = before;
        }
        self.met.clear();
        Ok(())
    }

    fn meet(&mut self, rows: &[(ExternalKey, Uuid)]) -> Result<HashSet<ExternalKey>, StoreError> {
        let mut again = HashSet::new();
        for (key, id) in rows {
            if self.met.contains_key(key) {
                again.insert(key.clone());
            } else {
                self.met.insert(key.clone(), *id);
            }
        }
        Ok(again)
    }

    fn resolve(&mut self, keys: &[ExternalKey]) -> Result<HashMap<ExternalKey, Uuid>, StoreError> {
        let known = |key: &ExternalKey| {
            let met = self.met.get(key).copied();
            met.or_else(|| self.holdings.shelf(key.kind).id_of(&key.id))
        };
        let found = keys
            .iter()
            .filter_map(|key| Some((key.clone(), known(key)?)));
        Ok(found.collect())
    }
}

macro_rules! upserts {
    ($($facts:ty, $shelf:ident;)+) => {
        $(impl Upserts<$facts> for Transaction {
            fn stored(
                &mut self,
                ids: &[ExternalId],
            ) -> Result<HashMap<ExternalId, Record<$facts>>, StoreError> {
                let named = |id: &ExternalId| self.holdings.$shelf.named(id).cloned();
                let found = ids.iter().filter_map(|id| Some((id.clone(), named(id)?)));
                Ok(found.collect())
            }

            fn insert(&mut self, rows: &[(ExternalId, Record<$facts>)]) -> Result<(), StoreError> {
                for (name, record) in rows {
                    self.check(&record.facts)?;
                    self.holdings.$shelf.insert(name.clone(), record.clone())?;
                }
                Ok(())
            }

            fn update(&mut self, rows: &[Record<$facts>]) -> Result<(), StoreError> {
                for record in rows {
                    self.check(&record.facts)?;
                    self.holdings.$shelf.update(record)?;
                }
                Ok(())
            }
        })+
    };
}

upserts! {
    ProductionPlan, productions;
    Service, services;
    Work, works;
    MemberFile, members;
    Resource, resources;
    InstrumentFile, instruments;
    Tour, tours;
    Report, reports;
    Performance, performances;
    Contact, contacts;
}
