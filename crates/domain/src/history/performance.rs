//! What is known of a performance.

use org_kernel::field::Fields;
use org_kernel::id::{ProductionId, WorkId, kind};
use org_kernel::text::Line;
use time::Date;

use crate::import::Links;
use crate::query::searchable;
use crate::record::Facts;
use crate::soloist::Soloist;

/// One work, played once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performance {
    /// The day.
    pub date: Date,
    /// The season, as the organization names it.
    pub season: Option<Line<40>>,
    /// The series.
    pub series: Option<Line<200>>,
    /// Which orchestra played.
    pub orchestra: Option<Line<200>>,
    /// The composer, as the organization writes names.
    pub composer: Line<200>,
    /// The work of the repertoire.
    pub work_id: Option<WorkId>,
    /// The title under which it was played.
    pub title: Line<500>,
    /// The movement or number, when only that was played.
    pub movement: Option<Line<500>>,
    /// Who conducted.
    pub conductor: Option<Line<200>>,
    /// Who played or sang in front.
    pub soloists: Vec<Soloist>,
    /// Where: the hall.
    pub venue: Option<Line<200>>,
    /// Where: the place.
    pub location: Option<Line<200>>,
    /// The production it was part of.
    pub production_id: Option<ProductionId>,
}

impl Performance {
    /// What a search in the history looks at, folded.
    pub fn search_text(&self) -> String {
        let own = [
            Some(self.title.as_str()),
            Some(self.composer.as_str()),
            self.conductor.as_ref().map(Line::as_str),
            self.venue.as_ref().map(Line::as_str),
        ];
        let soloists = self
            .soloists
            .iter()
            .map(|soloist| Some(soloist.name.as_str()));
        searchable(own.into_iter().chain(soloists))
    }

    /// Reads the fields of a performance.
    pub(crate) fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        let date = fields.required("date");
        let season = fields.optional("season");
        let series = fields.optional("series");
        let orchestra = fields.optional("orchestra");
        let composer = fields.required("composer");
        let work_id = links.optional(fields, "workExternalId");
        let title = fields.required("title");
        let movement = fields.optional("movement");
        let conductor = fields.optional("conductor");
        let soloists = Soloist::read_list(fields);
        let venue = fields.optional("venue");
        let location = fields.optional("location");
        let production_id = links.optional(fields, "productionExternalId");
        let (date, composer, title) = (date?, composer?, title?);
        Some(Self {
            date,
            season,
            series,
            orchestra,
            composer,
            work_id,
            title,
            movement,
            conductor,
            soloists,
            venue,
            location,
            production_id,
        })
    }
}

impl Facts for Performance {
    type Kind = kind::Performance;
}
