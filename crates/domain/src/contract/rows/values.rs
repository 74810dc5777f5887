//! Values of fields, at random.

use std::ops::RangeInclusive;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::super::texts;
use super::{Object, name};

pub(super) type Field = (&'static str, BoxedStrategy<Value>);

/// Days, some of them at the ends of what is allowed.
pub(in super::super) const DAYS: &[&str] = &[
    "0001-01-01",
    "1842-12-07",
    "1893-12-16",
    "2024-02-29",
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
    "9999-12-31",
];

/// Instants in order, some of them at the ends of what is allowed.
pub(in super::super) const INSTANTS: &[&str] = &[
    "0001-01-01T00:00:00Z",
    "1842-12-08T00:56:02Z",
    "2026-03-28T22:59:59.999Z",
    "2026-03-28T23:00:00Z",
    "2026-03-29T18:00:00Z",
    "2026-03-29T20:00:00.001Z",
    "2026-03-29T22:00:00Z",
    "9999-12-31T23:59:59.999Z",
];

/// An object with these fields.
pub(super) fn object(fields: Vec<Field>) -> BoxedStrategy<Object> {
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let object = values.prop_map(move |values| {
        let names = names.iter().map(|name| (*name).to_owned());
        names.zip(values).collect()
    });
    object.boxed()
}

/// A list of up to three objects with these fields.
pub(super) fn list(name: &'static str, fields: Vec<Field>) -> Field {
    (
        name,
        vec(object(fields).prop_map(Value::Object), 0..4)
            .prop_map(Value::Array)
            .boxed(),
    )
}

/// The field, null in one case of three.
pub(super) fn maybe((name, value): Field) -> Field {
    let value = weighted(0.67, value).prop_map(|value| value.unwrap_or(Value::Null));
    (name, value.boxed())
}

pub(super) fn line(name: &'static str) -> Field {
    (name, texts::line().prop_map(Value::String).boxed())
}

/// A line that may not be longer than `max` characters.
pub(super) fn short(name: &'static str, max: usize) -> Field {
    let cut = move |text: String| text.chars().take(max).collect::<String>().trim().to_owned();
    let text = texts::line()
        .prop_map(cut)
        .prop_filter("blank", |text| !text.is_empty());
    (name, text.prop_map(Value::String).boxed())
}

pub(super) fn prose(name: &'static str) -> Field {
    (name, texts::prose().prop_map(Value::String).boxed())
}

pub(super) fn choice(name: &'static str, choices: Vec<&'static str>) -> Field {
    (name, select(choices).prop_map(Value::from).boxed())
}

/// A number, often one of few, sometimes one of the ends.
pub(super) fn number(name: &'static str, range: RangeInclusive<i64>) -> Field {
    let (start, end) = (*range.start(), *range.end());
    let few = start..=end.min(start.saturating_add(2));
    (
        name,
        prop_oneof![4 => few, 1 => Just(end)]
            .prop_map(Value::from)
            .boxed(),
    )
}

pub(super) fn day(name: &'static str) -> Field {
    (name, select(DAYS).prop_map(Value::from).boxed())
}

pub(super) fn instant(name: &'static str) -> Field {
    (name, select(INSTANTS).prop_map(Value::from).boxed())
}

/// The name of one of the first `count` rows of another kind.
pub(super) fn reference(field: &'static str, count: usize) -> Field {
    (
        field,
        (0..count)
            .prop_map(|place| Value::String(name(place)))
            .boxed(),
    )
}
