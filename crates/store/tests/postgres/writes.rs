//! Writes of domain use cases that run at once, over several stores as over several servers.

mod bookings;
mod brief;
mod checklists;
mod claims;
mod locks;
mod records;

use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use org_domain::transaction::{Transaction, Transactions};
use org_kernel::WriteError;
use org_kernel::audit::Origin;
use org_kernel::clock::{Clock, SystemClock};
use org_kernel::id_source::{IdSource, SystemIds};
use org_store::Pg;
use org_store::testing::TestDatabase;

use crate::support::id;

/// Does `work` in one transaction of the first organization.
fn write<T, R>(
    pg: &Pg,
    work: impl FnMut(&mut dyn Transaction) -> Result<T, WriteError<R>>,
) -> Result<T, WriteError<R>> {
    let store: &dyn Transactions = pg;
    store.run(id(1), &Origin::OPERATOR, work)
}

fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

fn ids() -> Arc<dyn IdSource> {
    Arc::new(SystemIds)
}

/// The answer of a query with one number, `count`.
fn count(database: &TestDatabase, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let counted = diesel::sql_query(query).get_result(&mut database.connection());
    let counted: Count = counted.expect("a number");
    counted.count
}

/// True when somebody waits for a lock in the database.
fn somebody_waits(database: &TestDatabase) -> bool {
    let waiting = "SELECT count(*) AS count FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    count(database, waiting) > 0
}
