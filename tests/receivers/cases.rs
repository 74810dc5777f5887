//! The messages that every receiver is given, and what it is to believe of each.

use org_webhooks::header::{BODY_SIGNATURE, ID, SIGNATURE, TIMESTAMP};
use time::Duration;

mod hostile;

pub(crate) use hostile::hostile;

use crate::message::{self, BODY, NEWEST, OLDER, OTHER, Received};

/// What a receiver believes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// By the Standard Webhooks headers.
    pub(crate) message: bool,
    /// By `X-Kalinklo-Signature`.
    pub(crate) body: bool,
}

const BOTH: Verdict = Verdict {
    message: true,
    body: true,
};
const MESSAGE: Verdict = Verdict {
    body: false,
    ..BOTH
};
const BODY_ALONE: Verdict = Verdict {
    message: false,
    ..BOTH
};
const NEITHER: Verdict = Verdict {
    message: false,
    body: false,
};

/// What it is, what is to be believed of it, and the message.
pub(crate) type Case = (String, Verdict, Received);

/// Messages of which every verifier there is, whoever made it, says the same.
pub(crate) fn common() -> Vec<Case> {
    let mut cases = rotated();
    cases.extend(timed());
    cases.extend(altered());
    for (name, expected) in headers() {
        let missing = Received::sent().without(name);
        cases.push(case(&format!("without {name}"), expected, missing));
    }
    cases.extend([
        case("as sent", BOTH, Received::sent()),
        case(
            "names in lower case",
            BOTH,
            Received::sent().named(str::to_lowercase),
        ),
        case(
            "names in upper case",
            BOTH,
            Received::sent().named(str::to_uppercase),
        ),
    ]);
    cases
}

/// Signed with one secret or two, for receivers that accept one or two.
fn rotated() -> Vec<Case> {
    let both = || Received::signed(BODY.as_bytes(), &[NEWEST, OLDER], Duration::ZERO);
    let before = || Received::signed(BODY.as_bytes(), &[OLDER], Duration::ZERO);
    vec![
        case("signed twice, the newest known", BOTH, both()),
        case(
            "signed twice, the older known",
            MESSAGE,
            both().by(&[OLDER]),
        ),
        case(
            "signed twice, both known",
            BOTH,
            both().by(&[OLDER, NEWEST]),
        ),
        case(
            "signed before the rotation, both known",
            BOTH,
            before().by(&[NEWEST, OLDER]),
        ),
        case(
            "signed before the rotation, the newest known",
            NEITHER,
            before().by(&[NEWEST]),
        ),
        case("signed twice, neither known", NEITHER, both().by(&[OTHER])),
    ]
}

/// A minute on either side of the five that are allowed, so that the test may take its time.
fn timed() -> Vec<Case> {
    let minutes = [(4, BOTH), (6, BODY_ALONE), (-4, BOTH), (-6, BODY_ALONE)];
    let timed = minutes.map(|(ago, expected)| {
        let ago = Duration::minutes(ago);
        let message = Received::signed(BODY.as_bytes(), &[NEWEST], ago);
        case(&format!("signed {ago} ago"), expected, message)
    });
    timed.into()
}

fn altered() -> Vec<Case> {
    let places = [0, BODY.len() / 2, BODY.len() - 1];
    let bodies = places.map(|place| {
        let message = Received::sent().body_flipped(place);
        case(&format!("body flipped at {place}"), NEITHER, message)
    });
    let places = [
        (ID, 0, BODY_ALONE),
        (ID, message::ID.len() - 1, BODY_ALONE),
        (TIMESTAMP, 9, BODY_ALONE),
        (SIGNATURE, 0, BODY_ALONE),
        (SIGNATURE, 3, BODY_ALONE),
        (SIGNATURE, 30, BODY_ALONE),
        (BODY_SIGNATURE, 0, MESSAGE),
        (BODY_SIGNATURE, 7, MESSAGE),
        (BODY_SIGNATURE, 70, MESSAGE),
    ];
    let headers = places.map(|(name, place, expected)| {
        let message = Received::sent().changed(name, place);
        case(&format!("{name} changed at {place}"), expected, message)
    });
    bodies.into_iter().chain(headers).collect()
}

/// Each header, and what is to be believed of a message when it is spoilt.
fn headers() -> [(&'static str, Verdict); 4] {
    [
        (ID, BODY_ALONE),
        (TIMESTAMP, BODY_ALONE),
        (SIGNATURE, BODY_ALONE),
        (BODY_SIGNATURE, MESSAGE),
    ]
}

fn case(name: &str, expected: Verdict, message: Received) -> Case {
    (name.to_owned(), expected, message)
}
