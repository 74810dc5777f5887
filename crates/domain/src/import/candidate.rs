//! A row that has said what it is called, and nothing else yet.

use org_kernel::field::{FieldErrors, Fields, FromText};
use serde_json::{Map, Value};

use super::chunk::Rejected;
use super::row_facts::Reference;
use super::{ExternalId, ExternalKey, Flaw, ImportKind, Summary};

/// Fields that every row may repeat and none sets: the server gives them.
const GIVEN: [&str; 3] = ["id", "createdAt", "updatedAt"];

/// A row on its way to become facts, with what is wrong with it so far.
pub(super) struct Candidate {
    pub(super) line: u64,
    pub(super) partial: bool,
    pub(super) kind: Option<ImportKind>,
    pub(super) id: Option<ExternalId>,
    pub(super) errors: FieldErrors,
    object: Map<String, Value>,
}

impl Candidate {
    /// Takes kind and external id out of `object`.
    pub(super) fn new(line: u64, partial: bool, mut object: Map<String, Value>) -> Self {
        let mut head = Map::new();
        for name in ["kind", "externalId"] {
            if let Some(value) = object.shift_remove(name) {
                head.insert(name.to_owned(), value);
            }
        }
        let mut fields = Fields::new(head);
        let kind = fields.required("kind");
        let id = fields.required("externalId");
        Self {
            line,
            partial,
            kind,
            id,
            errors: fields.finish().err().unwrap_or_default(),
            object,
        }
    }

    /// What the row is called, when it said so.
    pub(super) fn key(&self) -> Option<ExternalKey> {
        let (kind, id) = (self.kind?, self.id.clone()?);
        Some(ExternalKey { kind, id })
    }

    /// The rows that this one names in `references`, as far as they are names at all.
    pub(super) fn references<'a>(
        &'a self,
        references: &'a [Reference],
    ) -> impl Iterator<Item = ExternalKey> + 'a {
        references.iter().flat_map(|reference| {
            let objects: Vec<_> = match reference.list {
                None => vec![&self.object],
                Some(list) => items(self.object.get(list)).collect(),
            };
            objects.into_iter().filter_map(|object| {
                let name = object.get(reference.field)?.as_str()?;
                Some(ExternalKey {
                    kind: reference.to,
                    id: ExternalId::from_text(name).ok()?,
                })
            })
        })
    }

    /// What was wrong with the row, which goes no further; as much of it as can be told.
    pub(super) fn reject(self) -> Rejected {
        let errors = self.errors.iter().take(Summary::MAX_ERRORS);
        let flaws = errors.map(|(field, message)| Flaw {
            field: Some(field.to_owned()),
            message: message.to_owned(),
        });
        Rejected {
            line: self.line,
            flaws: flaws.collect(),
        }
    }

    /// The fields that are left, to be read as facts.
    pub(super) fn fields(&mut self) -> Fields {
        let mut fields = Fields::new(std::mem::take(&mut self.object));
        fields.ignore(&GIVEN);
        fields
    }
}

fn items(list: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_object)
}
