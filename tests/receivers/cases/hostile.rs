//! Messages that nobody sends but an attacker, or a program that is broken, and bodies that are no
//! text.
//!
//! Verifiers of others differ in these, in how they refuse some and in whether they take text alone.

use org_webhooks::header::{BODY_SIGNATURE, SIGNATURE, TIMESTAMP};
use time::Duration;

use super::{BODY_ALONE, BOTH, Case, MESSAGE, case, headers};
use crate::message::{NEWEST, Received};

/// Messages of which the programs of the page say the same.
pub(crate) fn hostile() -> Vec<Case> {
    let mut cases = of_other_forms();
    for (name, expected) in headers() {
        // Two headers of signatures are one list to some, which is harmless.
        if name != SIGNATURE {
            let message = Received::sent();
            let twice = message.clone().and(name, message.value(name));
            cases.push(case(&format!("{name} twice"), expected, twice));
        }
        for value in ["", "\u{e9}", "*", "$(exit 9)", &"9".repeat(5000)] {
            let spoilt = Received::sent().with(name, value);
            cases.push(case(&format!("{name}: {value:.10}"), expected, spoilt));
        }
    }
    for body in [b"".as_slice(), b"\0\xff\n\r\n \0", b"\n"] {
        let message = Received::signed(body, &[NEWEST], Duration::ZERO);
        cases.push(case(&format!("the body {body:?}"), BOTH, message));
    }
    cases
}

/// Signatures and timestamps that are nearly right.
fn of_other_forms() -> Vec<Case> {
    let message = Received::sent();
    let (tag, timestamp) = (message.tag(), message.value(TIMESTAMP));
    let signature = |value: &str| message.clone().with(SIGNATURE, value);
    let body = message.value(BODY_SIGNATURE).replace("sha256=", "");
    vec![
        case("no version", BODY_ALONE, signature(tag)),
        case(
            "another version",
            BODY_ALONE,
            signature(&format!("v2,{tag}")),
        ),
        case(
            "the right one among others",
            BOTH,
            signature(&format!("v1a,{tag} v1 , * v1,?? v1,{tag} \u{e9}")),
        ),
        case(
            "cut off",
            BODY_ALONE,
            signature(&format!("v1,{}", &tag[..20])),
        ),
        case("a version alone", BODY_ALONE, signature("v1,")),
        case(
            "an algorithm alone",
            MESSAGE,
            message.clone().with(BODY_SIGNATURE, "sha256="),
        ),
        case(
            "no algorithm",
            MESSAGE,
            message.clone().with(BODY_SIGNATURE, &body),
        ),
        case(
            "a sign before the time",
            BODY_ALONE,
            message.clone().with(TIMESTAMP, &format!("+{timestamp}")),
        ),
        case(
            "a program in the time",
            BODY_ALONE,
            message.clone().with(TIMESTAMP, "x[$(kill $$)]"),
        ),
    ]
}
