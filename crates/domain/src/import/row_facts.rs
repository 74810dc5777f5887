//! What the import knows of each kind of facts.

use org_kernel::StoreError;
use org_kernel::event::Event;
use org_kernel::field::{FieldErrors, Fields};
use org_kernel::id_source::IdSource;

use super::{ImportKind, Importable, Links};
use crate::contacts::Contact;
use crate::history::Performance;
use crate::instruments::InstrumentFile;
use crate::productions::{ProductionCreated, ProductionPayload, ProductionPlan, ProductionUpdated};
use crate::record::{Facts, Record};
use crate::repertoire::Work;
use crate::reports::Report;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;

/// What a row did to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Created,
    Updated,
    Unchanged,
}

/// A field that names another row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    /// The list whose items have the field; the row itself when `None`.
    pub(super) list: Option<&'static str>,
    pub(super) field: &'static str,
    pub(super) to: ImportKind,
}

/// Facts that a row can bring.
pub(super) trait RowFacts: Facts<Kind: Importable> {
    /// The fields that [`read`](Self::read) follows to other rows.
    const REFERENCES: &'static [Reference] = &[];

    /// Fields that the API shows and a row may repeat, but that it does not set.
    const DERIVED: &'static [&'static str] = &[];

    /// Reads the facts, leaving in `fields` what is wrong with them.
    fn read(fields: &mut Fields, links: &Links) -> Option<Self>;

    /// What is known once a partial row is added to what is stored. Most kinds are told whole by
    /// every source, so that there is nothing to add.
    fn with_part(&self, _part: &Self) -> Result<Self, FieldErrors> {
        Ok(self.clone())
    }

    /// The event that tells of a change, if this kind has one.
    fn event(
        _record: &Record<Self>,
        _change: Change,
        _ids: &dyn IdSource,
    ) -> Result<Option<Event>, StoreError> {
        Ok(None)
    }
}

const fn reference(field: &'static str, to: ImportKind) -> Reference {
    let list = None;
    Reference { list, field, to }
}

impl RowFacts for Work {
    const DERIVED: &'static [&'static str] =
        &["performanceCount", "firstPerformedOn", "lastPerformedOn"];

    fn read(fields: &mut Fields, _: &Links) -> Option<Self> {
        Self::read(fields)
    }

    fn with_part(&self, part: &Self) -> Result<Self, FieldErrors> {
        self.with_movements_of(part)
            .map_err(|invalid| FieldErrors::of("movements", invalid))
    }
}

impl RowFacts for ProductionPlan {
    const REFERENCES: &'static [Reference] = &[Reference {
        list: Some("programme"),
        field: "workExternalId",
        to: ImportKind::Work,
    }];

    fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        Self::read(fields, links)
    }

    fn event(
        record: &Record<Self>,
        change: Change,
        ids: &dyn IdSource,
    ) -> Result<Option<Event>, StoreError> {
        let production = record.map(|plan| plan.production.clone());
        let payload = ProductionPayload::from(&production);
        let (id, at) = (|| ids.next(), record.updated_at);
        match change {
            Change::Created => Event::new(id(), at, &ProductionCreated(payload)).map(Some),
            Change::Updated => Event::new(id(), at, &ProductionUpdated(payload)).map(Some),
            Change::Unchanged => Ok(None),
        }
    }
}

impl RowFacts for Service {
    const REFERENCES: &'static [Reference] =
        &[reference("productionExternalId", ImportKind::Production)];

    fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        Self::read(fields, links)
    }
}

impl RowFacts for Performance {
    const REFERENCES: &'static [Reference] = &[
        reference("workExternalId", ImportKind::Work),
        reference("productionExternalId", ImportKind::Production),
    ];

    fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        Self::read(fields, links)
    }
}

impl RowFacts for InstrumentFile {
    const REFERENCES: &'static [Reference] = &[reference("onLoanToExternalId", ImportKind::Member)];

    fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        Self::read(fields, links)
    }
}

macro_rules! without_references {
    ($($facts:ty),+) => {
        $(impl RowFacts for $facts {
            fn read(fields: &mut Fields, _: &Links) -> Option<Self> {
                Self::read(fields)
            }
        })+
    };
}

without_references!(MemberFile, Resource, Tour, Report, Contact);
