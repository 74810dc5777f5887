//! Writes: one transaction of one organization, in which records are read and written one by one.

mod keep;
#[cfg(test)]
mod tests;
mod update;

use diesel::PgConnection;
use org_domain::record::Record;
use org_domain::transaction::{self as port, End, Holds, Keeps, Transactions};
use org_kernel::StoreError;
use org_kernel::audit::{Change, Journal, Origin};
use org_kernel::event::{Event, Outbox};
use org_kernel::id::{Id, OrgId};

use crate::brief::{self, Attempted};
use crate::error::failure;
use crate::pg::Pg;
use crate::told::Told;

pub(crate) use keep::{Held, Kept, held, keep, set_row};
pub(crate) use update::Update;

impl Transactions for Pg {
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        work: &mut dyn FnMut(&mut dyn port::Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError> {
        let told_of_events = self.in_transaction(org, |tx| {
            let mut writing = Writing {
                conn: tx.conn,
                org,
                told: Told::by(origin),
            };
            match work(&mut writing)? {
                End::Commit => Ok((End::Commit, writing.finish()?)),
                End::RollBack => Ok((End::RollBack, false)),
            }
        })?;
        self.ring_if(told_of_events);
        Ok(())
    }

    fn transact_briefly(
        &self,
        org: OrgId,
        origin: &Origin,
        work: &mut dyn FnMut(&mut dyn port::Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError> {
        match brief::attempt(self, org, origin, work)? {
            Attempted::Done => {
                self.ring_if(true);
                Ok(())
            }
            Attempted::Nothing => self.transact(org, origin, work),
        }
    }
}

/// What use cases write in, within a transaction that others begin and end.
pub(crate) struct Writing<'a> {
    pub(crate) conn: &'a mut PgConnection,
    pub(crate) org: OrgId,
    pub(crate) told: Told<'a>,
}

impl Writing<'_> {
    /// Writes what is left to write, and says whether there were events.
    fn finish(&mut self) -> Result<bool, StoreError> {
        self.told.write(self.conn, self.org).map_err(failure)?;
        Ok(self.told.of_events())
    }
}

impl port::Transaction for Writing<'_> {}

impl Outbox for Writing<'_> {
    fn append(&mut self, event: Event) -> Result<(), StoreError> {
        let told = self.told.append(self.conn, self.org, event);
        told.map_err(failure)
    }
}

impl Journal for Writing<'_> {
    fn note(&mut self, change: Change) -> Result<(), StoreError> {
        let told = self.told.note(self.conn, self.org, change);
        told.map_err(failure)
    }
}

impl<F: Held> Holds<F> for Writing<'_> {
    fn holds(&mut self, id: Id<F::Kind>) -> Result<bool, StoreError> {
        F::is_held(self.conn, self.org, id).map_err(failure)
    }
}

impl<F: Kept> Keeps<F> for Writing<'_> {
    fn get(&mut self, id: Id<F::Kind>) -> Result<Option<Record<F>>, StoreError> {
        F::locked(self.conn, self.org, id).map_err(failure)
    }

    fn insert(&mut self, record: &Record<F>) -> Result<(), StoreError> {
        F::insert(self.conn, self.org, record).map_err(failure)
    }

    fn update(&mut self, record: &Record<F>) -> Result<(), StoreError> {
        F::update(self.conn, self.org, record).map_err(failure)
    }
}
