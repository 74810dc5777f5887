//! What a use case writes with: the time, new ids, and the forms to be filled in.

use std::sync::Arc;

use org_kernel::audit::{Change, Journal, Subject};
use org_kernel::clock::Clock;
use org_kernel::event::{Event, Outbox, Payload};
use org_kernel::id::Id;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use serde::Serialize;

use crate::record::{Facts, Record};
use crate::transaction::{Keeps, NoSuchObject};

/// A clock and a source of ids.
#[derive(Clone)]
pub(crate) struct Desk {
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl Desk {
    pub(crate) fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        Self { clock, ids }
    }

    pub(crate) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Facts under a new id, made now.
    pub(crate) fn record<F: Facts>(&self, facts: F) -> Record<F> {
        let now = self.now();
        Record {
            id: self.ids.next(),
            facts,
            created_at: now,
            updated_at: now,
        }
    }

    /// Tells of what was done to an object, in the trail and by an event of the same name.
    pub(crate) fn tell<P, V>(
        &self,
        tx: &mut (impl Journal + Outbox + ?Sized),
        (at, subject): (Instant, impl Into<Subject>),
        before: Option<&V>,
        now: V,
    ) -> Result<(), StoreError>
    where
        V: Serialize,
        P: Payload + From<V>,
    {
        let change = self.change(at, P::KIND, subject);
        tx.note(change.between(before, &now, &[])?)?;
        tx.append(Event::new(self.ids.next(), at, &P::from(now))?)
    }

    /// The beginning of an entry in the trail.
    pub(crate) fn change(
        &self,
        at: Instant,
        action: &'static str,
        subject: impl Into<Subject>,
    ) -> Change {
        Change::new(self.ids.uuid(), at, action, subject)
    }
}

/// What replacing facts came to.
pub(crate) enum Replaced<F: Facts> {
    /// They were the same.
    Unchanged(Record<F>),
    /// They were others.
    Changed { before: Record<F>, now: Record<F> },
}

impl Desk {
    /// Replaces the facts of a stored record by what `revised` makes of them at this time, unless
    /// they are the same. The time is that at which the record is locked, so that the times of two
    /// changes are in the order of the changes.
    pub(crate) fn replace<F, T, R>(
        &self,
        tx: &mut T,
        id: Id<F::Kind>,
        revised: impl FnOnce(&F, Instant) -> Result<F, R>,
    ) -> Result<Replaced<F>, WriteError<R>>
    where
        F: Facts,
        T: Keeps<F> + ?Sized,
        R: From<NoSuchObject>,
    {
        let stored: Option<Record<F>> = tx.get(id)?;
        let before = stored.ok_or_else(|| WriteError::Refused(NoSuchObject.into()))?;
        let updated_at = self.now();
        let facts = revised(&before.facts, updated_at).map_err(WriteError::Refused)?;
        if facts == before.facts {
            return Ok(Replaced::Unchanged(before));
        }
        let now = Record {
            facts,
            updated_at,
            ..before.clone()
        };
        tx.update(&now)?;
        Ok(Replaced::Changed { before, now })
    }
}

/// Facts whose changes an event tells of.
pub(crate) trait Told: Facts {
    /// How the API shows them.
    type View<'a>: Serialize + From<&'a Record<Self>>
    where
        Self: 'a;

    /// The event.
    type Updated<'a>: Payload + From<Self::View<'a>>
    where
        Self: 'a;
}

impl Desk {
    /// Replaces the facts of a stored record, and tells of it, unless they are the same.
    pub(crate) fn update<F, T, R>(
        &self,
        tx: &mut T,
        id: Id<F::Kind>,
        revised: impl FnOnce(&F, Instant) -> Result<F, R>,
    ) -> Result<Record<F>, WriteError<R>>
    where
        F: Told,
        T: Keeps<F> + Journal + Outbox + ?Sized,
        R: From<NoSuchObject>,
    {
        let (before, now) = match self.replace(tx, id, revised)? {
            Replaced::Unchanged(record) => return Ok(record),
            Replaced::Changed { before, now } => (before, now),
        };
        {
            let (old, new) = (F::View::from(&before), F::View::from(&now));
            self.tell::<F::Updated<'_>, _>(tx, (now.updated_at, id), Some(&old), new)?;
        }
        Ok(now)
    }
}
