//! The programs that docs/WEBHOOKS.md shows for verifying.

use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../docs/WEBHOOKS.md");

/// The programs by their language.
pub(crate) fn snippets() -> BTreeMap<&'static str, &'static str> {
    let (_, section) = PAGE.split_once("\n## Verifying\n").expect("the section");
    let section = section.split("\n## ").next().expect("its text");
    let fenced = section.split("\n```").skip(1).step_by(2);
    let named = fenced.map(|block| block.split_once('\n').expect("a language"));
    named.collect()
}

/// The program of a language.
pub(crate) fn snippet(language: &str) -> &'static str {
    snippets()[language]
}
