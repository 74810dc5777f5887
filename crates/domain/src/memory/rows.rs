//! Rows that stand in memory instead of in a file.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use crate::import::{Row, Source, Unreadable};

/// A source whose first row stands on line 1, and whose rows are one byte long each.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    name: String,
    content: Vec<Row>,
    unreadable: Option<Unreadable>,
}

impl Rows {
    /// A file without rows.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// The file with `objects` as further rows.
    #[must_use]
    pub fn with(mut self, objects: impl IntoIterator<Item = Map<String, Value>>) -> Self {
        for object in objects {
            self.push(false, object);
        }
        self
    }

    /// The file with a further row that tells only a part.
    #[must_use]
    pub fn with_partial(mut self, object: Map<String, Value>) -> Self {
        self.push(true, object);
        self
    }

    /// The file with a further row that cannot be read.
    #[must_use]
    pub fn with_flaws(mut self, flaws: Vec<crate::import::Flaw>) -> Self {
        let place = self.content.len() as u64 + 1;
        self.content.push(Row {
            line: place,
            read_to: place,
            partial: false,
            content: Err(flaws),
        });
        self
    }

    /// The file that cannot be read behind its last row.
    #[must_use]
    pub fn ending_in(mut self, unreadable: Unreadable) -> Self {
        self.unreadable = Some(unreadable);
        self
    }

    fn push(&mut self, partial: bool, object: Map<String, Value>) {
        let place = self.content.len() as u64 + 1;
        self.content.push(Row {
            line: place,
            read_to: place,
            partial,
            content: Ok(object),
        });
    }
}

impl Source for Rows {
    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), Unreadable> {
        for row in &self.content {
            if take(row.clone()).is_break() {
                return Ok(());
            }
        }
        self.unreadable.clone().map_or(Ok(()), Err)
    }
}
