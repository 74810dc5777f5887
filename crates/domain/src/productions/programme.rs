//! The programme of a production: what is played, in order.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::{WorkId, kind};
use org_kernel::text::{Line, Prose};

use super::Production;
use crate::import::Links;
use crate::record::Facts;
use crate::soloist::Soloist;

choices! {
    /// What happens at one place of a programme.
    pub enum ProgrammeItemKind {
        Work = "WORK",
        Intermission = "INTERMISSION",
        Speech = "SPEECH",
        Encore = "ENCORE",
        Other = "OTHER",
    }
}

/// One place of a programme; its position is its place in the list, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeItem {
    /// What happens.
    pub kind: ProgrammeItemKind,
    /// The work of the repertoire that is played.
    pub work_id: Option<WorkId>,
    /// What the programme book calls it.
    pub title: Line<500>,
    /// The composer, as the organization writes names.
    pub composer: Option<Line<200>>,
    /// Who conducts it.
    pub conductor: Option<Line<200>>,
    /// Who plays or sings in front.
    pub soloists: Vec<Soloist>,
    /// How long it takes.
    pub duration_minutes: Option<i32>,
    /// What else there is to say.
    pub notes: Option<Prose<5000>>,
}

impl ProgrammeItem {
    fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        fields.ignore(&["position"]);
        let kind = fields.optional("kind").unwrap_or(ProgrammeItemKind::Work);
        let work_id = links.optional(fields, "workExternalId");
        let title = fields.required("title");
        let composer = fields.optional("composer");
        let conductor = fields.optional("conductor");
        let soloists = Soloist::read_list(fields);
        let duration_minutes = fields.integer("durationMinutes", 0..=10_000);
        let notes = fields.optional("notes");
        let title = title?;
        Some(Self {
            kind,
            work_id,
            title,
            composer,
            conductor,
            soloists,
            duration_minutes,
            notes,
        })
    }
}

/// A production with its programme: what an import brings, and what is compared to see a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductionPlan {
    /// The production itself.
    pub production: Production,
    /// What is played, in order.
    pub programme: Vec<ProgrammeItem>,
}

impl ProductionPlan {
    /// The most places that a programme can have.
    pub const MAX_ITEMS: usize = 500;

    /// Reads a production and the list in its field `programme`.
    pub(crate) fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        let production = Production::read(fields);
        let programme = fields.objects("programme", Self::MAX_ITEMS, |item| {
            ProgrammeItem::read(item, links)
        });
        Some(Self {
            production: production?,
            programme,
        })
    }
}

impl Facts for ProductionPlan {
    type Kind = kind::Production;
}
