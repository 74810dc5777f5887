//! The chief conductor, and those whom the audience does not see.

use super::{Section, seat};
use crate::names::TEREBESI;

pub(super) const CONDUCTOR: &[Section] = &[Section {
    code: None,
    instrument: None,
    seats: &[seat("terebesi", TEREBESI, "CONDUCTOR", 2019)],
}];

pub(super) const SECTIONS: &[Section] = &[
    Section {
        code: Some("STAFF"),
        instrument: None,
        seats: &[
            seat("thalbauer", "Monika Thalbauer", "PERSONNEL_MANAGER", 2010),
            seat("achebeson", "Desmond Achebeson", "STAFF", 2016),
        ],
    },
    Section {
        code: Some("LIBRARY"),
        instrument: None,
        seats: &[
            seat("aigenfeld", "Constanze Aigenfeld", "LIBRARIAN", 2004),
            seat("lukomski", "Piotr Łukomski", "LIBRARIAN", 2018),
        ],
    },
    Section {
        code: Some("STAGE"),
        instrument: None,
        seats: &[
            seat("pirchner", "Karl-Heinz Pirchner", "STAGE_MANAGER", 1999),
            seat("haddadine", "Nour Haddadine", "STAFF", 2021),
        ],
    },
];
