//! Text as people write it, and as nobody should.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::query::Words;
use org_kernel::field::FromText as _;
use org_kernel::text::Line;

/// Pieces that have something to them: case, accents in both forms, letters without decomposition,
/// pattern characters, quotes, marks that fold to nothing, other scripts and planes, and ligatures.
const PIECES: &[&str] = &[
    "Dvořák",
    "DVOŘÁK",
    "dvorak",
    "Dvor\u{30c}a\u{301}k",
    "Antonín",
    "Bach",
    "bach",
    "BACH",
    "Nørgård",
    "Straße",
    "STRASSE",
    "Łódź",
    "İstanbul",
    "istanbul",
    "ﬁnale",
    "finale",
    "Þór",
    "100%",
    "%",
    "_",
    "a_b",
    "axb",
    r"\",
    r"a\b",
    r"\%",
    "'",
    "O'Brien",
    "\"",
    "\"q\"",
    "--",
    ";",
    "$1",
    "{}",
    "*",
    ".",
    "?",
    "\u{301}",
    "\u{308}\u{301}",
    "e\u{301}",
    "한국",
    "Чайковский",
    "чайковский",
    "ΣΊΣΥΦΟΣ",
    "σίσυφος",
    "𝄞",
    "𝄞x",
    "🎻",
    "👩\u{200d}🎻",
    "نامه\u{200c}ای",
    "ǅ",
    "Å",
    "z",
    "Z",
    "NULL",
    "null",
    "None",
    "0",
    "\u{fffd}",
    "\u{10ffff}",
];

/// One line of 1 to 60 characters. Many are equal, or differ in case and accents alone.
pub(super) fn line() -> BoxedStrategy<String> {
    let pieces = proptest::collection::vec(select(PIECES), 1..4);
    prop_oneof![
        6 => select(PIECES).prop_map(str::to_owned),
        6 => pieces.prop_map(|pieces| pieces.join(" ")),
        1 => "\\PC{1,20}".prop_filter("no line", |text| Line::<60>::from_text(text).is_ok()),
    ]
    .boxed()
}

/// Several lines.
pub(super) fn prose() -> BoxedStrategy<String> {
    let lines = proptest::collection::vec(line(), 1..4);
    lines.prop_map(|lines| lines.join("\n\t")).boxed()
}

/// Search words: pieces, parts of pieces, and several at once.
pub(super) fn words() -> BoxedStrategy<Words> {
    let part = select(PIECES).prop_flat_map(|piece| {
        let characters: Vec<_> = piece.chars().collect();
        let length = characters.len();
        subsequence(characters, 1..=length.min(3)).prop_map(String::from_iter)
    });
    let several = proptest::collection::vec(select(PIECES), 1..4);
    let text = prop_oneof![part, several.prop_map(|pieces| pieces.join(" ")), line(),];
    text.prop_filter_map("no words", |text| Words::from_text(&text).ok())
        .boxed()
}
