//! Rows of every kind, at random, that refer to one another.

mod kinds;
mod values;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Map, Value};

pub(super) use self::values::{DAYS, INSTANTS};
use crate::import::ImportKind;

pub(super) type Object = Map<String, Value>;

/// How many rows of each kind stand in a file; a kind stands after those that it refers to.
const COUNTS: [(ImportKind, usize); 10] = [
    (ImportKind::Work, 8),
    (ImportKind::Member, 8),
    (ImportKind::Resource, 5),
    (ImportKind::Tour, 5),
    (ImportKind::Report, 6),
    (ImportKind::Contact, 3),
    (ImportKind::Production, 8),
    (ImportKind::Service, 10),
    (ImportKind::Performance, 14),
    (ImportKind::Instrument, 6),
];

/// No kind has more rows.
pub(super) const MOST: usize = 14;

/// The name of the row at a place among those of its kind. Kinds use the same names, and the names
/// have characters that stores are known to stumble over.
pub(super) fn name(place: usize) -> String {
    format!("%_\\é'{place}")
}

/// A file in which every kind stands.
pub(super) fn file() -> BoxedStrategy<Vec<Object>> {
    let kinds: Vec<_> = COUNTS.map(|(kind, count)| rows(kind, count)).into();
    kinds.prop_map(|kinds| kinds.concat()).boxed()
}

/// A file, and a later one that tells some of its rows differently.
pub(super) fn file_and_changes() -> BoxedStrategy<(Vec<Object>, Vec<Object>)> {
    let changes = file().prop_flat_map(|rows| {
        let all = rows.len();
        subsequence(rows, 0..all)
    });
    (file(), changes).boxed()
}

fn rows(kind: ImportKind, count: usize) -> BoxedStrategy<Vec<Object>> {
    let objects = vec(values::object(kinds::fields(kind)), count);
    let head = move |place: usize| {
        let kind = ("kind".to_owned(), kind.as_str().into());
        [kind, ("externalId".to_owned(), name(place).into())]
    };
    let named = objects.prop_map(move |objects| {
        let named = objects.into_iter().enumerate();
        named
            .map(|(place, object)| head(place).into_iter().chain(object).collect())
            .collect()
    });
    named.boxed()
}
