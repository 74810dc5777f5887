//! The programme of a production.

use org_domain::productions as domain;
use serde::Serialize;
use utoipa::ToSchema;

use crate::soloists::Soloist;
use crate::wire::{ProgrammeItemKind, WorkId, text};

/// One place of a programme.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProgrammeItem {
    /// Its place, from 1.
    position: usize,
    kind: ProgrammeItemKind,
    /// The work of the repertoire that is played.
    work_id: Option<WorkId>,
    /// What the programme book calls it.
    title: String,
    composer: Option<String>,
    conductor: Option<String>,
    soloists: Vec<Soloist>,
    duration_minutes: Option<i32>,
    notes: Option<String>,
}

impl ProgrammeItem {
    /// A programme, numbered from 1.
    pub(super) fn list(items: Vec<domain::ProgrammeItem>) -> Vec<Self> {
        items
            .into_iter()
            .zip(1..)
            .map(|(item, position)| Self::at(position, item))
            .collect()
    }

    fn at(position: usize, item: domain::ProgrammeItem) -> Self {
        Self {
            position,
            kind: item.kind.into(),
            work_id: item.work_id.map(Into::into),
            title: item.title.into_string(),
            composer: text(item.composer),
            conductor: text(item.conductor),
            soloists: Soloist::list(item.soloists),
            duration_minutes: item.duration_minutes,
            notes: text(item.notes),
        }
    }

    /// A place for examples.
    pub(super) fn example() -> Self {
        Self {
            position: 1,
            kind: domain::ProgrammeItemKind::Work.into(),
            work_id: Some(WorkId::example()),
            title: "Piano Concerto in A minor, Op. 54".to_owned(),
            composer: Some("Schumann, Robert".to_owned()),
            conductor: Some("Halvorsen, Ingrid".to_owned()),
            soloists: vec![Soloist::example()],
            duration_minutes: Some(31),
            notes: None,
        }
    }
}
