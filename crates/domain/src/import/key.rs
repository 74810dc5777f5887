//! The names by which rows are known at their source.

use org_kernel::choices;
use org_kernel::id::{Kind, kind};
use org_kernel::text::Line;

choices! {
    /// What a row describes.
    pub enum ImportKind {
        Production = "production",
        Service = "service",
        Work = "work",
        Member = "member",
        Resource = "resource",
        Instrument = "instrument",
        Tour = "tour",
        Report = "report",
        Performance = "performance",
        Contact = "contact",
    }
}

/// The name of a row at its source, unique within its kind and organization.
pub type ExternalId = Line<255>;

/// A row's kind and its name at its source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExternalKey {
    /// What the row describes.
    pub kind: ImportKind,
    /// Its name.
    pub id: ExternalId,
}

/// A kind of thing that can be imported.
pub trait Importable: Kind {
    /// The kind of its rows.
    const ROWS: ImportKind;
}

macro_rules! importable {
    ($($kind:ident),+ $(,)?) => {
        $(impl Importable for kind::$kind {
            const ROWS: ImportKind = ImportKind::$kind;
        })+
    };
}

importable! {
    Production, Service, Work, Member, Resource, Instrument, Tour, Report, Performance, Contact,
}
