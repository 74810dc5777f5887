//! Programmes, as productions list them.

use serde_json::{Value, json};

use crate::soloists::Soloist;
use crate::works;

/// One place of a programme.
pub(super) struct Item {
    kind: &'static str,
    work: Option<&'static str>,
    /// What stands in the programme; the work's own title unless only a part of it is played.
    title: Option<&'static str>,
    minutes: Option<i32>,
    soloists: &'static [Soloist],
}

/// The work of this external id.
pub(super) const fn work(id: &'static str) -> Item {
    Item {
        kind: "WORK",
        work: Some(id),
        title: None,
        minutes: None,
        soloists: &[],
    }
}

/// The work of this external id, as an encore.
pub(super) const fn encore(id: &'static str) -> Item {
    let mut item = work(id);
    item.kind = "ENCORE";
    item
}

pub(super) const fn speech(title: &'static str, minutes: i32) -> Item {
    between("SPEECH", title, minutes)
}

pub(super) const INTERMISSION: Item = between("INTERMISSION", "Intermission", 20);

/// What is not music.
const fn between(kind: &'static str, title: &'static str, minutes: i32) -> Item {
    Item {
        kind,
        work: None,
        title: Some(title),
        minutes: Some(minutes),
        soloists: &[],
    }
}

impl Item {
    pub(super) const fn with(mut self, soloists: &'static [Soloist]) -> Self {
        self.soloists = soloists;
        self
    }

    /// A part of the work, under its own title and with its own length.
    pub(super) const fn part(mut self, title: &'static str, minutes: i32) -> Self {
        self.title = Some(title);
        self.minutes = Some(minutes);
        self
    }

    /// How long it takes.
    pub(super) fn minutes(&self) -> Option<i32> {
        let whole = || self.work.map(|work| works::named(work).1.minutes);
        self.minutes.or_else(whole)
    }

    pub(super) fn json(&self) -> Value {
        let source = self.work.map(works::named);
        let soloists = self.soloists.iter().map(Soloist::json);
        json!({
            "kind": self.kind,
            "workExternalId": self.work,
            "title": self.title.or(source.map(|(_, work)| work.title)),
            "composer": source.map(|(composer, _)| composer.name),
            "soloists": soloists.collect::<Vec<_>>(),
            "durationMinutes": self.minutes(),
        })
    }

    /// What its soloist plays, if it is a concerto, and those who are engaged for it.
    #[cfg(test)]
    pub(super) fn solo_part(&self) -> Option<(&'static str, &'static [Soloist])> {
        let part = works::named(self.work?).1.solo?;
        Some((part, self.soloists))
    }
}
