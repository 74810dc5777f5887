//! The one way to a transaction.
//!
//! It is opened for one organization, which everything in it belongs to. It commits when its work
//! succeeds and says so, and leaves nothing behind when it does not. PostgreSQL may refuse a
//! transaction because of another one that ran beside it (a deadlock, or a serialization failure):
//! then the work is run again from its beginning, a bounded number of times, and so must do nothing
//! outside.
//!
//! Nobody asks a connection whether it lives before it is used: `BEGIN` asks. One that is gone by then
//! has done nothing, and the next is tried, for as long as a caller waits for a connection.
//!
//! Each statement sees what was committed when it began: what stood in the way of one statement is
//! seen by the next.

#[cfg(test)]
mod tests;

use diesel::prelude::*;
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::OrgId;

use crate::error::{failure, is_disconnect, is_worth_another_try};
use crate::pg::Pg;

/// How often the work is begun before its failure is the caller's.
const ATTEMPTS: u32 = 5;

/// A transaction of one organization.
pub(crate) struct Tx<'a> {
    pub(crate) conn: &'a mut PgConnection,
    pub(crate) org: OrgId,
}

/// Why a transaction did not commit.
enum Stop<T> {
    /// The work failed.
    Work(StoreError),
    /// It did not begin.
    Begin(diesel::result::Error),
    /// It did not end.
    Transaction(diesel::result::Error),
    /// The work is done, and was not to be kept.
    NotKept(T),
}

impl<T> From<diesel::result::Error> for Stop<T> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Transaction(error)
    }
}

impl<T> Stop<T> {
    fn is_worth_another_try(&self) -> bool {
        let cause = match self {
            Self::Transaction(error) => Some(error),
            Self::Work(StoreError::Failed(cause)) => cause.downcast_ref(),
            Self::Work(StoreError::Unavailable(_)) | Self::Begin(_) | Self::NotKept(_) => None,
        };
        cause.is_some_and(is_worth_another_try)
    }

    /// True when nothing was done, because the connection was gone before.
    fn found_nobody(&self) -> bool {
        matches!(self, Self::Begin(error) if is_disconnect(error))
    }
}

impl Pg {
    /// Runs `work` in a transaction of `org`, which ends as the work says.
    ///
    /// When the connection is lost while it commits, nobody can say whether it did; that is
    /// [`StoreError::Unavailable`], as every loss of the connection is.
    pub(crate) fn in_transaction<T>(
        &self,
        org: OrgId,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<(End, T), StoreError>,
    ) -> Result<T, StoreError> {
        self.across_organizations(|conn| work(&mut Tx { conn, org }))
    }

    /// [`in_transaction`](Self::in_transaction), of no organization, or of all: for what whoever runs the
    /// server, or the server itself, does to many of them at once.
    pub(crate) fn across_organizations<T>(
        &self,
        mut work: impl FnMut(&mut PgConnection) -> Result<(End, T), StoreError>,
    ) -> Result<T, StoreError> {
        let patience = self.patience();
        let mut attempts_left = ATTEMPTS;
        loop {
            // One that is broken is dropped at the end of this round, and the pool opens another.
            let mut conn = self.take(&patience)?;
            match until_it_ends(&mut conn, &mut attempts_left, &mut work) {
                Ok(done) | Err(Stop::NotKept(done)) => return Ok(done),
                Err(stop) if stop.found_nobody() && !patience.is_over() => {}
                Err(Stop::Work(error)) => return Err(error),
                Err(Stop::Begin(error) | Stop::Transaction(error)) => return Err(failure(error)),
            }
        }
    }
}

/// Runs the work on one connection, as often as it is worth it.
fn until_it_ends<T>(
    conn: &mut PgConnection,
    attempts_left: &mut u32,
    work: &mut impl FnMut(&mut PgConnection) -> Result<(End, T), StoreError>,
) -> Result<T, Stop<T>> {
    loop {
        match run(conn, work) {
            Err(stop) if *attempts_left > 1 && stop.is_worth_another_try() => {
                *attempts_left -= 1;
                tracing::debug!(attempts_left, "a transaction lost to another one");
            }
            ended => return ended,
        }
    }
}

fn run<T>(
    conn: &mut PgConnection,
    work: &mut impl FnMut(&mut PgConnection) -> Result<(End, T), StoreError>,
) -> Result<T, Stop<T>> {
    let mut begun = false;
    let ended = conn.build_transaction().read_committed().run(|conn| {
        begun = true;
        match work(conn).map_err(Stop::Work)? {
            (End::Commit, done) => Ok(done),
            (End::RollBack, done) => Err(Stop::NotKept(done)),
        }
    });
    match ended {
        Err(Stop::Transaction(error)) if !begun => Err(Stop::Begin(error)),
        ended => ended,
    }
}
