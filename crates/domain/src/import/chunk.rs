//! A bounded number of rows of one file, looked at and stored together.

use std::collections::{HashMap, HashSet};

use org_kernel::StoreError;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;
use uuid::Uuid;

use super::candidate::Candidate;
use super::piles::{Piles, references_of};
use super::row_facts::Change;
use super::weight::weight;
use super::{ExternalId, ExternalKey, Flaw, ImportKind, ImportTx, Links, Row};

/// A chunk is full when it has this many rows, or weighs this much. Larger chunks are no faster:
/// what they hold leaves the processor's caches before it is used again.
const MAX_ROWS: usize = 500;
const MAX_WEIGHT: usize = 4 << 20;

/// Rows that wait to be looked at together.
#[derive(Default)]
pub(super) struct Chunk {
    rows: Vec<Candidate>,
    unread: Vec<Rejected>,
    weight: usize,
}

/// A bad row.
pub(super) struct Rejected {
    pub(super) line: u64,
    pub(super) flaws: Vec<Flaw>,
}

/// What came of a chunk.
pub(super) struct Sorted {
    piles: Piles,
    /// What each good row did.
    pub(super) changes: Vec<Change>,
    /// The bad rows, in the order of the file.
    pub(super) rejected: Vec<Rejected>,
}

impl Chunk {
    /// Adds a row.
    pub(super) fn push(&mut self, row: Row) {
        let (line, partial) = (row.line, row.partial);
        match row.content {
            Ok(object) => {
                self.weight += weight(&object);
                self.rows.push(Candidate::new(line, partial, object));
            }
            Err(flaws) => self.unread.push(Rejected { line, flaws }),
        }
    }

    /// True when the chunk should be looked at before more rows come.
    pub(super) const fn is_full(&self) -> bool {
        self.rows.len() + self.unread.len() >= MAX_ROWS || self.weight >= MAX_WEIGHT
    }

    /// Looks at every row: reads it, and compares it with what is stored.
    pub(super) fn sort(
        mut self,
        tx: &mut dyn ImportTx,
        ids: &dyn IdSource,
        now: Instant,
    ) -> Result<Sorted, StoreError> {
        let keys = self.refuse_second_places();
        let mut piles = Piles::fetch(tx, by_kind(&keys))?;
        let mut links = self.links(tx)?;
        let ids = self.meet(tx, keys, &piles, ids)?;
        let (mut changes, mut rejected) = (Vec::new(), self.unread);
        for mut row in self.rows {
            let key = row.key();
            let id = key.as_ref().and_then(|key| ids.get(key)).copied();
            let change = row
                .kind
                .and_then(|kind| piles.read(kind, &mut row, id, &links, now));
            if let Some((key, id)) = key.zip(id) {
                links.add(key, id);
            }
            match change {
                Some(change) => changes.push(change),
                None => rejected.push(row.reject()),
            }
        }
        rejected.sort_by_key(|row| row.line);
        Ok(Sorted {
            piles,
            changes,
            rejected,
        })
    }

    /// Refuses rows whose key stands earlier in the chunk; answers every key once, in order.
    fn refuse_second_places(&mut self) -> Vec<ExternalKey> {
        let mut seen = HashSet::new();
        let mut keys = Vec::new();
        for row in &mut self.rows {
            match row.key() {
                Some(key) if seen.insert(key.clone()) => keys.push(key),
                Some(_) => refuse_second_place(row),
                None => {}
            }
        }
        keys
    }

    /// Where the references of all rows lead that do not lead to a row of this chunk.
    fn links(&self, tx: &mut dyn ImportTx) -> Result<Links, StoreError> {
        let references = self.rows.iter().flat_map(|row| {
            let fields = row.kind.map_or(&[][..], references_of);
            row.references(fields)
        });
        let references: HashSet<_> = references.collect();
        let mut links = Links::default();
        if !references.is_empty() {
            let references: Vec<_> = references.into_iter().collect();
            for (key, id) in tx.resolve(&references)? {
                links.add(key, id);
            }
        }
        Ok(links)
    }

    /// Gives every key the id that it has or will have, and refuses rows whose key was met in the
    /// file before. Bad rows are met too, so that a reference to one is not a second error.
    fn meet(
        &mut self,
        tx: &mut dyn ImportTx,
        keys: Vec<ExternalKey>,
        piles: &Piles,
        ids: &dyn IdSource,
    ) -> Result<HashMap<ExternalKey, Uuid>, StoreError> {
        let identified = keys.into_iter().map(|key| {
            let id = piles.id_of(&key).unwrap_or_else(|| ids.uuid());
            (key, id)
        });
        let identified: Vec<_> = identified.collect();
        if identified.is_empty() {
            return Ok(HashMap::new());
        }
        let met = tx.meet(&identified)?;
        for row in &mut self.rows {
            if row.key().is_some_and(|key| met.contains(&key)) && row.errors.is_empty() {
                refuse_second_place(row);
            }
        }
        Ok(identified.into_iter().collect())
    }
}

impl Sorted {
    /// Stores the good rows, and emits the events that tell of them.
    pub(super) fn write(
        &self,
        tx: &mut dyn ImportTx,
        ids: &dyn IdSource,
    ) -> Result<(), StoreError> {
        self.piles.write(tx, ids)
    }
}

fn refuse_second_place(row: &mut Candidate) {
    row.errors
        .add("externalId", "stands on an earlier line of this file");
}

fn by_kind(keys: &[ExternalKey]) -> HashMap<ImportKind, Vec<ExternalId>> {
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    for key in keys {
        names.entry(key.kind).or_default().push(key.id.clone());
    }
    names
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn row(notes: &str) -> Row {
        let Value::Object(object) = json!({ "kind": "work", "notes": [notes] }) else {
            unreachable!()
        };
        Row {
            line: 1,
            read_to: 1,
            partial: false,
            content: Ok(object),
        }
    }

    fn rows_until_full(row: &Row) -> usize {
        let mut chunk = Chunk::default();
        let mut pushed = 0;
        while !chunk.is_full() {
            chunk.push(row.clone());
            pushed += 1;
        }
        pushed
    }

    #[test]
    fn a_chunk_is_bounded_in_rows_and_in_weight() {
        assert_eq!(rows_until_full(&row("short")), MAX_ROWS);
        assert_eq!(rows_until_full(&row(&"x".repeat(1 << 20))), 4);
        let unread = Row {
            content: Err(Vec::new()),
            ..row("")
        };
        assert_eq!(rows_until_full(&unread), MAX_ROWS);
    }
}
