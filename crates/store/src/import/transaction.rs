//! One import's transaction.

use std::collections::{HashMap, HashSet};

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use org_domain::import::{ExternalId, ExternalKey, ImportKind, ImportTx, Upserts};
use org_domain::record::Record;
use org_kernel::StoreError;
use org_kernel::audit::{Change, Journal, Origin};
use org_kernel::event::{Event, Outbox};
use org_kernel::id::OrgId;
use uuid::Uuid;

use super::met;
use super::upsert::{Upsert, stored_ids};
use crate::advisory;
use crate::error::failure;
use crate::told::Told;
use crate::transaction::Tx;

/// An import waits for its turn, and its statements are as long as its files: it has its own measure
/// of time.
const UNHURRIED: &str = "
    SET LOCAL statement_timeout = 0;
    SET LOCAL lock_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0";

/// What an import does, within a transaction that others begin and end.
pub(super) struct Transaction<'a> {
    conn: &'a mut PgConnection,
    org: OrgId,
    told: Told<'a>,
    in_file: bool,
}

impl<'a> Transaction<'a> {
    /// Waits for its turn.
    pub(super) fn begin(tx: &'a mut Tx<'_>, origin: &'a Origin) -> Result<Self, StoreError> {
        tx.conn.batch_execute(UNHURRIED).map_err(failure)?;
        advisory::wait_to_import(tx.conn, tx.org).map_err(failure)?;
        met::create(tx.conn).map_err(failure)?;
        Ok(Self {
            conn: tx.conn,
            org: tx.org,
            told: Told::by(origin),
            in_file: false,
        })
    }

    /// Writes what is left to write, and says whether there were events.
    pub(super) fn finish(mut self) -> Result<bool, StoreError> {
        if self.in_file {
            return Err(StoreError::failed("a file was begun and not ended"));
        }
        self.write_told()?;
        Ok(self.told.of_events())
    }

    fn write_told(&mut self) -> Result<(), StoreError> {
        self.told.write(self.conn, self.org).map_err(failure)
    }

    fn run(&mut self, statements: &str) -> Result<(), StoreError> {
        self.conn.batch_execute(statements).map_err(failure)
    }
}

impl Outbox for Transaction<'_> {
    fn append(&mut self, event: Event) -> Result<(), StoreError> {
        let told = self.told.append(self.conn, self.org, event);
        told.map_err(failure)
    }
}

impl Journal for Transaction<'_> {
    fn note(&mut self, change: Change) -> Result<(), StoreError> {
        let told = self.told.note(self.conn, self.org, change);
        told.map_err(failure)
    }
}

impl ImportTx for Transaction<'_> {
    fn begin_file(&mut self) -> Result<(), StoreError> {
        if self.in_file {
            return Err(StoreError::failed("a file was begun within a file"));
        }
        // What was gathered before the file is not to go with it.
        self.write_told()?;
        self.run("SAVEPOINT file")?;
        self.in_file = true;
        met::clear(self.conn).map_err(failure)
    }

    fn end_file(&mut self, keep: bool) -> Result<(), StoreError> {
        if !self.in_file {
            return Err(StoreError::failed("no file was begun"));
        }
        if keep {
            self.write_told()?;
            self.run("RELEASE SAVEPOINT file")?;
        } else {
            self.told.clear();
            self.run("ROLLBACK TO SAVEPOINT file; RELEASE SAVEPOINT file")?;
        }
        self.in_file = false;
        Ok(())
    }

    fn meet(&mut self, rows: &[(ExternalKey, Uuid)]) -> Result<HashSet<ExternalKey>, StoreError> {
        met::note(self.conn, rows).map_err(failure)
    }

    fn resolve(&mut self, keys: &[ExternalKey]) -> Result<HashMap<ExternalKey, Uuid>, StoreError> {
        let mut found = HashMap::with_capacity(keys.len());
        for (kind, names) in by_kind(keys) {
            let stored = stored_ids(self.conn, self.org, kind, &names).map_err(failure)?;
            let met = met::ids(self.conn, kind, &names).map_err(failure)?;
            // What was met stands before what is stored, and so takes its place.
            let ids = stored.into_iter().chain(met);
            found.extend(ids.map(|(id, uuid)| (ExternalKey { kind, id }, uuid)));
        }
        Ok(found)
    }
}

fn by_kind(keys: &[ExternalKey]) -> HashMap<ImportKind, Vec<&str>> {
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    for key in keys {
        names.entry(key.kind).or_default().push(key.id.as_str());
    }
    names
}

impl<F: Upsert> Upserts<F> for Transaction<'_> {
    fn stored(&mut self, ids: &[ExternalId]) -> Result<HashMap<ExternalId, Record<F>>, StoreError> {
        let names: Vec<_> = ids.iter().map(ExternalId::as_str).collect();
        let stored = F::stored(self.conn, self.org, &names).map_err(failure)?;
        let keyed = |(name, record)| (ExternalId::stored(name), record);
        Ok(stored.into_iter().map(keyed).collect())
    }

    fn insert(&mut self, rows: &[(ExternalId, Record<F>)]) -> Result<(), StoreError> {
        F::insert(self.conn, self.org, rows).map_err(failure)
    }

    fn update(&mut self, rows: &[Record<F>]) -> Result<(), StoreError> {
        F::update(self.conn, self.org, rows).map_err(failure)
    }
}
