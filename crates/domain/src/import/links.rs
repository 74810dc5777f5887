//! References from row to row, looked up.

use std::collections::HashMap;

use org_kernel::field::Fields;
use org_kernel::id::Id;
use uuid::Uuid;

use super::{ExternalId, ExternalKey, Importable};

/// The ids of rows that other rows refer to: those on earlier lines, and those that are stored.
#[derive(Debug, Default)]
pub struct Links(HashMap<ExternalKey, Uuid>);

impl Links {
    /// Makes `key` known under `id`.
    pub fn add(&mut self, key: ExternalKey, id: Uuid) {
        self.0.insert(key, id);
    }

    /// Reads a reference that must be there.
    pub(crate) fn required<K: Importable>(&self, fields: &mut Fields, name: &str) -> Option<Id<K>> {
        let reference = fields.required(name)?;
        self.follow(fields, name, reference)
    }

    /// Reads a reference that may be left out.
    pub(crate) fn optional<K: Importable>(&self, fields: &mut Fields, name: &str) -> Option<Id<K>> {
        let reference = fields.optional(name)?;
        self.follow(fields, name, reference)
    }

    fn follow<K: Importable>(
        &self,
        fields: &mut Fields,
        name: &str,
        reference: ExternalId,
    ) -> Option<Id<K>> {
        let key = ExternalKey {
            kind: K::ROWS,
            id: reference,
        };
        match self.0.get(&key) {
            Some(id) => Some(Id::new(*id)),
            None => fields.reject(
                name,
                format!(
                    "names no {} that is stored or stands on an earlier line",
                    K::ROWS
                ),
            ),
        }
    }
}
