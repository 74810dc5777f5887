//! The port through which use cases write.
//!
//! A write is one closure in one transaction of one organization. The closure is handed a
//! [`Transaction`], and each use case asks of it only what it needs: a store of one's own that books
//! rooms need be no more than a [`BookingTx`].

use org_kernel::audit::{Journal, Origin};
use org_kernel::event::Outbox;
use org_kernel::id::{Id, OrgId};
use org_kernel::idempotency::Claims;
use org_kernel::{StoreError, WriteError};

use crate::bookings::{Booking, BookingTx};
use crate::checklist::{ChecklistItem, ChecklistTx};
use crate::contacts::Contact;
use crate::engagements::Engagement;
use crate::productions::ProductionPlan;
use crate::record::{Facts, Record};
use crate::reports::Report;
use crate::requests::MemberRequest;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;

/// What becomes of a transaction whose work ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is committed.
    Commit,
    /// It is rolled back.
    RollBack,
}

/// Where writes are kept.
pub trait Transactions: Send + Sync {
    /// Runs `work` in one transaction of `org`, on behalf of `origin`.
    ///
    /// When `work` fails, or says so, everything is rolled back. It may be run again from its
    /// beginning, with nothing of the first run kept, when the database could not serialize it; so it
    /// does nothing outside the transaction.
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        work: &mut dyn FnMut(&mut dyn Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError>;

    /// [`transact`](Self::transact), for work that is likely to read a little and then to insert one
    /// record. It means the same; a store may be faster at it.
    ///
    /// Such a store may first run `work` on the assumption that nothing is in its way: a key is won and a
    /// slot is free before it has asked, and all of it is asked and written at the end. Where the
    /// assumption does not hold, and whenever `work` is refused, nothing of it is kept, and `work` is run
    /// again from its beginning in a transaction.
    fn transact_briefly(
        &self,
        org: OrgId,
        origin: &Origin,
        work: &mut dyn FnMut(&mut dyn Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError> {
        self.transact(org, origin, work)
    }
}

impl dyn Transactions + '_ {
    /// Runs `work` in one transaction of `org`; it is kept if `work` succeeds, and undone if it is
    /// refused or fails.
    pub fn run<T, R>(
        &self,
        org: OrgId,
        origin: &Origin,
        work: impl FnMut(&mut dyn Transaction) -> Result<T, WriteError<R>>,
    ) -> Result<T, WriteError<R>> {
        outcome(work, |work| self.transact(org, origin, work))
    }

    /// Does what `run` does, by [`transact_briefly`](Transactions::transact_briefly).
    pub fn run_briefly<T, R>(
        &self,
        org: OrgId,
        origin: &Origin,
        work: impl FnMut(&mut dyn Transaction) -> Result<T, WriteError<R>>,
    ) -> Result<T, WriteError<R>> {
        outcome(work, |work| self.transact_briefly(org, origin, work))
    }
}

/// What came of the last time that the work was run.
fn outcome<T, R>(
    mut work: impl FnMut(&mut dyn Transaction) -> Result<T, WriteError<R>>,
    transact: impl FnOnce(
        &mut dyn FnMut(&mut dyn Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError>,
) -> Result<T, WriteError<R>> {
    let mut outcome = None;
    transact(&mut |tx| match work(tx) {
        Ok(done) => {
            outcome = Some(Ok(done));
            Ok(End::Commit)
        }
        Err(WriteError::Refused(refusal)) => {
            outcome = Some(Err(WriteError::Refused(refusal)));
            Ok(End::RollBack)
        }
        Err(WriteError::Store(error)) => Err(error),
    })?;
    outcome.unwrap_or_else(|| Err(StoreError::failed("the work was not run").into()))
}

/// One transaction of one organization, in which any use case can write.
pub trait Transaction:
    Outbox
    + Journal
    + Claims
    + BookingTx
    + ChecklistTx
    + Keeps<ChecklistItem>
    + Keeps<Contact>
    + Keeps<Engagement>
    + Keeps<MemberRequest>
    + Keeps<ProductionPlan>
    + Keeps<Report>
    + Keeps<Service>
    + Keeps<Tour>
    + Holds<Booking>
    + Holds<MemberFile>
{
}

/// Knows which records of one kind there are.
pub trait Holds<F: Facts> {
    /// True when the organization has a record of this id.
    fn holds(&mut self, id: Id<F::Kind>) -> Result<bool, StoreError>;
}

/// Reads and writes records of one kind by their ids.
pub trait Keeps<F: Facts>: Holds<F> {
    /// The record, locked until the transaction ends: whoever else wants to change it waits.
    fn get(&mut self, id: Id<F::Kind>) -> Result<Option<Record<F>>, StoreError>;

    /// Stores a new record. Fails when it refers to a record of its organization that is not there.
    fn insert(&mut self, record: &Record<F>) -> Result<(), StoreError>;

    /// Replaces the facts, and the time of the last change, of a stored record. Fails when it is not
    /// stored, or refers to a record of its organization that is not there.
    fn update(&mut self, record: &Record<F>) -> Result<(), StoreError>;
}

/// The organization has no such object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such object")]
pub struct NoSuchObject;
