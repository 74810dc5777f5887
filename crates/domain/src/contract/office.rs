//! An organization at work: what its use cases write, and what is told of it.

use std::fmt::Debug;
use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::audit::{Entry, EntryQuery, Origin};
use org_kernel::clock::Clock;
use org_kernel::id::{Id, OrgId};
use org_kernel::id_source::IdSource;
use serde_json::Value;
use time::Duration;

use super::Subject;
use super::facts::{in_a_file, key};
use super::setting::{Setting, object};
use crate::import::Importable;
use crate::record::{Facts, Record};
use crate::transaction::{Keeps, NoSuchObject, Transaction, Transactions};

/// An organization of a store, with a clock and ids of its own.
pub(super) struct Office<'a, S> {
    pub(super) subject: &'a S,
    pub(super) org: OrgId,
    store: Arc<dyn Transactions>,
    setting: Setting,
}

/// What was told while something was done.
#[derive(Debug)]
pub(super) struct News {
    /// The events, in order.
    pub(super) events: Vec<Value>,
    /// The entries of the trail, in order.
    pub(super) entries: Vec<Entry>,
}

impl<'a, S: Subject> Office<'a, S> {
    /// Of a new organization; `number` is no other's of this store.
    pub(super) fn open(subject: &'a S, number: u64) -> Self {
        let setting = Setting::number(number);
        let slug = format!("office-{number}");
        Self {
            subject,
            org: setting.organization(subject.library().as_ref(), &slug),
            store: subject.transactions(),
            setting,
        }
    }

    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        self.setting.clock()
    }

    pub(super) fn ids(&self) -> Arc<dyn IdSource> {
        self.setting.ids()
    }

    /// Writes in one transaction, a second after whatever happened before.
    pub(super) fn write<T, R: Debug>(
        &self,
        work: impl FnMut(&mut dyn Transaction) -> Result<T, WriteError<R>>,
    ) -> Result<T, R> {
        self.setting.clock().advance(Duration::SECOND);
        match self.store.run(self.org, &Origin::OPERATOR, work) {
            Ok(done) => Ok(done),
            Err(WriteError::Refused(refusal)) => Err(refusal),
            Err(WriteError::Store(error)) => panic!("the store failed: {error:?}"),
        }
    }

    /// Writes in one transaction what is not refused.
    pub(super) fn done<T>(
        &self,
        work: impl FnMut(&mut dyn Transaction) -> Result<T, WriteError<NoSuchObject>>,
    ) -> T {
        self.write(work).expect("a write that is not refused")
    }

    /// A record as it is stored.
    pub(super) fn stored<F: Facts>(&self, id: Id<F::Kind>) -> Option<Record<F>>
    where
        for<'t> dyn Transaction + 't: Keeps<F>,
    {
        self.done(|tx| Ok(Keeps::<F>::get(tx, id)?))
    }

    /// Imports rows without a flaw.
    pub(super) fn import(&self, rows: &[Value]) {
        let rows: Vec<_> = rows.iter().cloned().map(object).collect();
        let imports = self.subject.imports();
        let summary = self.setting.import(&imports, self.org, &rows);
        assert!(summary.is_clean(), "{:?}", summary.errors);
    }

    /// The id of what was imported under a name.
    pub(super) fn imported<K: Importable>(&self, name: &str) -> Id<K> {
        let (key, mut found) = (key(K::ROWS, name), None);
        let read = in_a_file(self.subject.imports().as_ref(), self.org, |tx| {
            found = tx.resolve(std::slice::from_ref(&key))?.remove(&key);
            Ok(())
        });
        read.expect("a store that answers");
        Id::new(found.unwrap_or_else(|| panic!("nothing was imported as {name}")))
    }

    /// Does something, and answers with what was told meanwhile.
    pub(super) fn news<T>(&self, work: impl FnOnce() -> T) -> (T, News) {
        let (events, entries) = (self.events().len(), self.entries().len());
        let done = work();
        let news = News {
            events: self.events().split_off(events),
            entries: self.entries().split_off(entries),
        };
        (done, news)
    }

    /// Does something of which nobody is told.
    pub(super) fn in_silence<T>(&self, work: impl FnOnce() -> T) -> T {
        let (done, news) = self.news(work);
        assert!(news.is_none(), "{news:?}");
        done
    }

    pub(super) fn events(&self) -> Vec<Value> {
        let events = self.subject.payloads(self.org).into_iter();
        let events = events.map(|event| serde_json::from_str(&event));
        events.map(|event| event.expect("JSON")).collect()
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        let query = EntryQuery {
            org: Some(self.org),
            limit: 10_000,
            ..EntryQuery::default()
        };
        let entries = self.subject.trail().entries(&query);
        entries.expect("a trail that can be read")
    }
}

impl News {
    pub(super) fn is_none(&self) -> bool {
        self.events.is_empty() && self.entries.is_empty()
    }

    /// The types of the events.
    pub(super) fn types(&self) -> Vec<&str> {
        let types = self.events.iter().map(|event| event["type"].as_str());
        types.map(|name| name.expect("a type")).collect()
    }

    /// What the trail calls what was done.
    pub(super) fn actions(&self) -> Vec<&str> {
        let entries = self.entries.iter();
        entries.map(|entry| entry.action.as_str()).collect()
    }

    /// What an event and an entry tell, if there is one of each, of one name.
    pub(super) fn told(&self, name: &str) -> (&Value, &Value) {
        assert_eq!(self.types(), [name]);
        (&self.events[0]["data"], self.noted(name))
    }

    /// What changed, if there is one entry, of this name.
    pub(super) fn noted(&self, name: &str) -> &Value {
        assert_eq!(self.actions(), [name]);
        &self.entries[0].details["changes"]
    }
}
