//! What is known of a production.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::kind;
use org_kernel::text::{Line, Prose};

use crate::query::searchable;
use crate::record::Facts;
use crate::span::DateSpan;

choices! {
    /// How far a production has come.
    pub enum ProductionStatus {
        Draft = "DRAFT",
        Tentative = "TENTATIVE",
        Confirmed = "CONFIRMED",
        InProgress = "IN_PROGRESS",
        Completed = "COMPLETED",
        Postponed = "POSTPONED",
        Cancelled = "CANCELLED",
        Archived = "ARCHIVED",
    }
}

choices! {
    /// What kind of thing is put on.
    pub enum ProductionType {
        Subscription = "SUBSCRIPTION",
        Tour = "TOUR",
        Education = "EDUCATION",
        Family = "FAMILY",
        Pops = "POPS",
        Chamber = "CHAMBER",
        Opera = "OPERA",
        Ballet = "BALLET",
        Film = "FILM",
        Festival = "FESTIVAL",
        Outdoor = "OUTDOOR",
        Gala = "GALA",
        Recording = "RECORDING",
        Broadcast = "BROADCAST",
        Private = "PRIVATE",
        Community = "COMMUNITY",
        Residency = "RESIDENCY",
        Other = "OTHER",
    }
}

/// A programme that is prepared and given, once or several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Production {
    /// The organization's own short code.
    pub code: Option<Line<40>>,
    /// The title.
    pub title: Line<300>,
    /// The subtitle.
    pub subtitle: Option<Line<300>>,
    /// The season, as the organization names it (`2026-27`).
    pub season: Option<Line<40>>,
    /// The series it is sold in.
    pub series: Option<Line<200>>,
    /// What kind of thing it is.
    pub kind: ProductionType,
    /// How far it has come.
    pub status: ProductionStatus,
    /// Its first and last day.
    pub dates: DateSpan,
    /// The conductor.
    pub conductor: Option<Line<200>>,
    /// The main venue.
    pub venue: Option<Line<200>>,
    /// What it is about.
    pub description: Option<Prose<20_000>>,
}

impl Production {
    /// What a search in productions looks at, folded.
    pub fn search_text(&self) -> String {
        searchable([
            Some(self.title.as_str()),
            self.subtitle.as_ref().map(Line::as_str),
            self.code.as_ref().map(Line::as_str),
            self.series.as_ref().map(Line::as_str),
            self.conductor.as_ref().map(Line::as_str),
        ])
    }

    /// Reads the fields of a production; a draft of type `OTHER` unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let code = fields.optional("code");
        let title = fields.required("title");
        let subtitle = fields.optional("subtitle");
        let season = fields.optional("season");
        let series = fields.optional("series");
        let kind = fields.optional("type").unwrap_or(ProductionType::Other);
        let status = fields.optional("status").unwrap_or(ProductionStatus::Draft);
        let dates = DateSpan::read(fields);
        let conductor = fields.optional("conductor");
        let venue = fields.optional("venue");
        let description = fields.optional("description");
        let (title, dates) = (title?, dates?);
        Some(Self {
            code,
            title,
            subtitle,
            season,
            series,
            kind,
            status,
            dates,
            conductor,
            venue,
            description,
        })
    }
}

impl Facts for Production {
    type Kind = kind::Production;
}
