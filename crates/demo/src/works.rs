//! The repertoire.
//!
//! Instrumentation is written as libraries write it: flutes, oboes, clarinets and bassoons, then
//! horns, trumpets, trombones and tubas, by number of players. What stands in brackets after a
//! number is played by some of them, as in `3(pic)`.

mod baroque_to_classical;
mod beethoven_to_schumann;
mod bohemian_and_russian;
mod brahms_to_strauss;
mod fin_de_siecle;
mod modern;

use serde_json::{Value, json};

/// A composer and those works of theirs that the library holds.
pub(crate) struct Composer {
    pub(crate) name: &'static str,
    born: i32,
    died: Option<i32>,
    works: &'static [Work],
}

const fn composer(name: &'static str, born: i32, died: i32, works: &'static [Work]) -> Composer {
    Composer {
        name,
        born,
        died: Some(died),
        works,
    }
}

/// A work, with what is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Work {
    id: &'static str,
    pub(crate) title: &'static str,
    genre: &'static str,
    nickname: Option<&'static str>,
    arranger: Option<&'static str>,
    catalogue: Option<&'static str>,
    key: Option<&'static str>,
    year: Option<i32>,
    /// What the soloist of a concerto plays.
    pub(crate) solo: Option<&'static str>,
    pub(crate) minutes: i32,
    scoring: Option<&'static str>,
    movements: &'static [(&'static str, i32)],
    rights: &'static str,
}

const fn work(id: &'static str, title: &'static str, genre: &'static str) -> Work {
    Work {
        id,
        title,
        genre,
        nickname: None,
        arranger: None,
        catalogue: None,
        key: None,
        year: None,
        solo: None,
        minutes: 0,
        scoring: None,
        movements: &[],
        rights: "PUBLIC_DOMAIN",
    }
}

impl Work {
    const fn known_as(mut self, nickname: &'static str) -> Self {
        self.nickname = Some(nickname);
        self
    }

    const fn arranged_by(mut self, arranger: &'static str) -> Self {
        self.arranger = Some(arranger);
        self
    }

    const fn catalogued(mut self, catalogue: &'static str) -> Self {
        self.catalogue = Some(catalogue);
        self
    }

    const fn in_key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    const fn finished(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    const fn for_solo(mut self, instrument: &'static str) -> Self {
        self.solo = Some(instrument);
        self
    }

    const fn scored(mut self, scoring: &'static str) -> Self {
        self.scoring = Some(scoring);
        self
    }

    const fn lasts(mut self, minutes: i32) -> Self {
        self.minutes = minutes;
        self
    }

    /// Movements with their minutes; the work lasts as long as they do together.
    const fn movements(mut self, movements: &'static [(&'static str, i32)]) -> Self {
        self.movements = movements;
        let mut place = 0;
        while place < movements.len() {
            self.minutes += movements[place].1;
            place += 1;
        }
        self
    }

    const fn rented(mut self) -> Self {
        self.rights = "LICENSED_RENTAL";
        self
    }

    fn row(&self, composer: &Composer) -> Value {
        json!({
            "kind": "work",
            "externalId": self.id,
            "title": self.title,
            "nickname": self.nickname,
            "composer": composer.name,
            "composerBirthYear": composer.born,
            "composerDeathYear": composer.died,
            "arranger": self.arranger,
            "catalogue": self.catalogue,
            "key": self.key,
            "yearComposed": self.year,
            "genre": self.genre,
            "durationMinutes": self.minutes,
            "instrumentation": self.scoring,
            "movements": self.movement_rows(),
            "rights": self.rights,
        })
    }

    fn movement_rows(&self) -> Vec<Value> {
        (1..)
            .zip(self.movements)
            .map(|(number, (title, minutes))| {
                json!({ "number": number, "title": title, "durationMinutes": minutes })
            })
            .collect()
    }
}

fn all() -> impl Iterator<Item = (&'static Composer, &'static Work)> {
    [
        baroque_to_classical::COMPOSERS,
        beethoven_to_schumann::COMPOSERS,
        brahms_to_strauss::COMPOSERS,
        bohemian_and_russian::COMPOSERS,
        fin_de_siecle::COMPOSERS,
        modern::COMPOSERS,
    ]
    .into_iter()
    .flatten()
    .flat_map(|composer| composer.works.iter().map(move |work| (composer, work)))
}

/// The work that programmes call `id`, with its composer.
///
/// # Panics
///
/// When there is none: a slip in this crate's own tables, which its tests go through.
pub(crate) fn named(id: &str) -> (&'static Composer, &'static Work) {
    all()
        .find(|(_, work)| work.id == id)
        .unwrap_or_else(|| panic!("no work is called {id}"))
}

pub(crate) fn rows() -> Vec<Value> {
    all().map(|(composer, work)| work.row(composer)).collect()
}
