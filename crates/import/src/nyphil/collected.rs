//! The works of a file, each with all that its programs tell of it.

use std::collections::{BTreeMap, HashMap};

use org_domain::import::Unreadable;
use serde_json::{Value, json};

use super::program::{Entry, Program};
use super::{Object, object};

/// What stands where the archive names no composer. It numbers a few kinds of intermissions as if
/// they were works.
const NO_COMPOSER: &str = "(no composer)";
const NO_TITLE: &str = "(no title)";

/// How many bytes of text the works of a file may have: some hundred times what the whole archive has.
const MAX_BYTES: usize = 64 << 20;

/// Works in the order in which they were met.
#[derive(Default)]
pub(super) struct Works {
    met: Vec<Work>,
    places: HashMap<String, usize>,
    bytes: usize,
}

struct Work {
    number: String,
    line: u64,
    title: Option<String>,
    composer: Option<String>,
    movements: BTreeMap<u64, String>,
}

impl Works {
    /// Adds what the program that begins on `line` tells of works.
    pub(super) fn collect(&mut self, line: u64, program: &Program) -> Result<(), Unreadable> {
        for entry in &program.entries {
            if let Some(number) = entry.work_number() {
                self.add(line, number, entry);
            }
        }
        if self.bytes > MAX_BYTES {
            return Err(Unreadable {
                line: Some(line),
                message: format!("has works of more than {MAX_BYTES} bytes"),
            });
        }
        Ok(())
    }

    fn add(&mut self, line: u64, number: &str, entry: &Entry) {
        let place = self.places.get(number).copied().unwrap_or_else(|| {
            self.met.push(Work {
                number: number.to_owned(),
                line,
                title: None,
                composer: None,
                movements: BTreeMap::new(),
            });
            self.bytes += size_of::<Work>() + 2 * number.len();
            self.places.insert(number.to_owned(), self.met.len() - 1);
            self.met.len() - 1
        });
        let added = self.met[place].add(entry);
        self.bytes += added;
    }

    /// The works as rows, with the line of the program in which each was met first.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u64, Object)> {
        self.met.iter().map(|work| (work.line, work.row()))
    }
}

impl Work {
    /// Takes over what is not known yet; answers how many bytes of text that is.
    fn add(&mut self, entry: &Entry) -> usize {
        let mut added = 0;
        for (known, told) in [
            (&mut self.title, entry.any_title()),
            (&mut self.composer, entry.composer.as_deref()),
        ] {
            if known.is_none()
                && let Some(told) = told
            {
                added += told.len();
                *known = Some(told.to_owned());
            }
        }
        if let (Some(number), Some(text)) = (entry.movement_number, &entry.movement)
            && !self.movements.contains_key(&number)
        {
            added += size_of::<(u64, String)>() + text.len();
            self.movements.insert(number, text.clone());
        }
        added
    }

    fn row(&self) -> Object {
        let movements = self.movements.iter();
        let movements: Vec<_> = movements
            .map(|(number, title)| json!({ "number": number, "title": title }))
            .collect();
        object([
            ("kind", "work".into()),
            ("externalId", self.number.as_str().into()),
            ("title", self.title.as_deref().unwrap_or(NO_TITLE).into()),
            ("composer", composer(self.composer.as_deref())),
            ("movements", movements.into()),
        ])
    }
}

/// What a performance of a numbered row bears, so that it agrees with the work.
pub(super) fn title(entry: &Entry) -> Value {
    entry.any_title().unwrap_or(NO_TITLE).into()
}

/// The composer, as works and performances name them.
pub(super) fn composer(composer: Option<&str>) -> Value {
    composer.unwrap_or(NO_COMPOSER).into()
}
