//! The port through which imports read and write.

use std::collections::{HashMap, HashSet};

use org_kernel::StoreError;
use org_kernel::audit::{Journal, Origin};
use org_kernel::event::Outbox;
use org_kernel::id::OrgId;
use uuid::Uuid;

use super::{ExternalId, ExternalKey};
use crate::contacts::Contact;
use crate::history::Performance;
use crate::instruments::InstrumentFile;
use crate::productions::ProductionPlan;
use crate::record::{Facts, Record};
use crate::repertoire::Work;
use crate::reports::Report;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;

/// What becomes of a transaction that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is committed.
    Keep,
    /// It is rolled back, whatever happened in it.
    Rehearse,
}

/// Where imports are kept.
pub trait ImportStore: Send + Sync {
    /// Runs `work` in one transaction of `org`, on behalf of `origin`; of two at once in one organization, the second
    /// waits for the first.
    ///
    /// `work` may be run again from its beginning, with nothing of the first run kept, when the
    /// database could not serialize it; so it does nothing outside the transaction. When it fails,
    /// everything is rolled back.
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn ImportTx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;
}

/// One transaction of one organization, in which files are imported one after the other.
pub trait ImportTx:
    Outbox
    + Journal
    + Upserts<ProductionPlan>
    + Upserts<Service>
    + Upserts<Work>
    + Upserts<MemberFile>
    + Upserts<Resource>
    + Upserts<InstrumentFile>
    + Upserts<Tour>
    + Upserts<Report>
    + Upserts<Performance>
    + Upserts<Contact>
{
    /// Begins a file: no line of it has been met.
    fn begin_file(&mut self) -> Result<(), StoreError>;

    /// Ends the file. Unless it is to be kept, everything since its beginning is undone.
    fn end_file(&mut self, keep: bool) -> Result<(), StoreError>;

    /// Notes that rows with these keys stand in the file, under these ids, and answers those keys
    /// that had been met in the file before; they keep the ids under which they were met first.
    /// No key stands twice in one call.
    fn meet(&mut self, rows: &[(ExternalKey, Uuid)]) -> Result<HashSet<ExternalKey>, StoreError>;

    /// The ids of those of `keys` that were met in the file, or else are stored.
    fn resolve(&mut self, keys: &[ExternalKey]) -> Result<HashMap<ExternalKey, Uuid>, StoreError>;
}

/// Reads and writes records of one kind by their external ids.
pub trait Upserts<F: Facts> {
    /// The stored records with these external ids, locked until the transaction ends.
    fn stored(&mut self, ids: &[ExternalId]) -> Result<HashMap<ExternalId, Record<F>>, StoreError>;

    /// Stores new records. Fails when one refers to a record of its organization that is not there.
    fn insert(&mut self, rows: &[(ExternalId, Record<F>)]) -> Result<(), StoreError>;

    /// Replaces the facts, and the time of the last change, of stored records. Fails when one is
    /// not stored, or refers to a record of its organization that is not there.
    fn update(&mut self, rows: &[Record<F>]) -> Result<(), StoreError>;
}
