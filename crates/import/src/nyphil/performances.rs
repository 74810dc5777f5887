//! Works on concerts as performances.

use super::collected::{composer, title};
use super::program::{Entry, Program};
use super::services::name;
use super::{Object, object};

/// The performances on the concert at `place`, from 0.
pub(super) fn rows(program: &Program, place: usize) -> impl Iterator<Item = Object> {
    let entries = program.entries.iter().enumerate();
    let played = entries.filter(|(_, entry)| is_played(entry));
    played.map(move |(at, entry)| row(program, place, at, entry))
}

/// What has a number is a work and was played. What has none is told when it can be: the history
/// has neither intervals nor performances of nothing by nobody.
fn is_played(entry: &Entry) -> bool {
    entry.work_number().is_some()
        || (!entry.is_interval() && entry.title.is_some() && entry.composer.is_some())
}

fn row(program: &Program, place: usize, at: usize, entry: &Entry) -> Object {
    let concert = &program.concerts[place];
    object([
        ("kind", "performance".into()),
        (
            "externalId",
            format!("{}/{}", name(program, place), at + 1).into(),
        ),
        ("productionExternalId", program.id.as_str().into()),
        ("workExternalId", entry.work_number().into()),
        ("date", concert.date.to_string().into()),
        ("season", program.season.as_deref().into()),
        ("series", concert.event_type.as_deref().into()),
        ("orchestra", program.orchestra.as_deref().into()),
        ("composer", composer(entry.composer.as_deref())),
        ("title", title(entry)),
        ("movement", entry.movement.as_deref().into()),
        ("conductor", entry.conductor.as_deref().into()),
        ("soloists", entry.soloists.clone().into()),
        ("venue", concert.venue.as_deref().into()),
        ("location", concert.location.as_deref().into()),
    ])
}
