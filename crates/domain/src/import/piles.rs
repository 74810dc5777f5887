//! The piles of all kinds, in the order in which they are stored.

use std::collections::HashMap;

use org_kernel::StoreError;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;
use uuid::Uuid;

use super::candidate::Candidate;
use super::pile::Pile;
use super::row_facts::{Change, Reference, RowFacts};
use super::{ExternalId, ExternalKey, ImportKind, ImportTx, Importable, Links};
use crate::contacts::Contact;
use crate::history::Performance;
use crate::instruments::InstrumentFile;
use crate::productions::ProductionPlan;
use crate::record::Facts;
use crate::repertoire::Work;
use crate::reports::Report;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;

macro_rules! piles {
    ($($name:ident: $facts:ty, $kind:ident;)+) => {
        /// One pile a kind.
        #[derive(Default)]
        pub(super) struct Piles { $($name: Pile<$facts>),+ }

        $(const _: () = assert!(
            <<$facts as Facts>::Kind as Importable>::ROWS as u8 == ImportKind::$kind as u8,
            "a pile holds the facts of its kind",
        );)+

        impl Piles {
            /// Asks for what is stored under the names in a chunk.
            pub(super) fn fetch(
                tx: &mut dyn ImportTx,
                mut names: HashMap<ImportKind, Vec<ExternalId>>,
            ) -> Result<Self, StoreError> {
                Ok(Self {
                    $($name: Pile::fetch(tx, &names.remove(&ImportKind::$kind).unwrap_or_default())?),+
                })
            }

            /// The id under which a row is stored already.
            pub(super) fn id_of(&self, key: &ExternalKey) -> Option<Uuid> {
                match key.kind {
                    $(ImportKind::$kind => self.$name.id_of(&key.id)),+
                }
            }

            /// Reads a row of `kind` onto its pile, under `id` if it is new. `None` when something
            /// is wrong with the row, which now says what.
            pub(super) fn read(
                &mut self,
                kind: ImportKind,
                row: &mut Candidate,
                id: Option<Uuid>,
                links: &Links,
                now: Instant,
            ) -> Option<Change> {
                match kind {
                    $(ImportKind::$kind => self.$name.read(row, id, links, now)),+
                }
            }

            /// Stores everything, and emits the events that tell of it.
            pub(super) fn write(
                &self,
                tx: &mut dyn ImportTx,
                ids: &dyn IdSource,
            ) -> Result<(), StoreError> {
                $(self.$name.write(tx)?;)+
                $(self.$name.announce(tx, ids)?;)+
                Ok(())
            }
        }

        /// The fields by which a row of `kind` names other rows.
        pub(super) const fn references_of(kind: ImportKind) -> &'static [Reference] {
            match kind {
                $(ImportKind::$kind => <$facts as RowFacts>::REFERENCES),+
            }
        }
    };
}

// A kind stands after those that its rows refer to.
piles! {
    works: Work, Work;
    members: MemberFile, Member;
    resources: Resource, Resource;
    tours: Tour, Tour;
    reports: Report, Report;
    contacts: Contact, Contact;
    productions: ProductionPlan, Production;
    services: Service, Service;
    performances: Performance, Performance;
    instruments: InstrumentFile, Instrument;
}
