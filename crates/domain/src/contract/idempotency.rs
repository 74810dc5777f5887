//! Promises about requests that may come again.

mod race;
mod tries;

use org_kernel::WriteError;
use org_kernel::audit::Origin;
use org_kernel::idempotency::{Answer, Claim};
use time::Duration;

use self::tries::{ONE, OTHER, answer, claim, claim_and_keep, expiry, key, now, run};
use super::Subject;
use super::office::Office;
use crate::transaction::{End, NoSuchObject};

pub use race::*;

/// The answer that is kept is given again, byte for byte, to the same request.
pub fn an_answer_is_kept_with_its_write<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, org) = (subject.transactions(), Office::open(&subject, 1).org);
    let answers = [
        Answer {
            status: 201,
            location: Some("/api/org/v1/ö/contacts/con_1?a=%20".to_owned()),
            body: "{\"name\":\"Dvor\u{30c}a\u{301}k\",\r\n \"a\" : 1.0, \"b\":\"\\u0000\"}"
                .to_owned(),
        },
        Answer {
            status: 409,
            location: None,
            body: String::new(),
        },
    ];
    for (place, answer) in answers.into_iter().enumerate() {
        let key = key(&place.to_string());
        assert_eq!(
            claim_and_keep(store.as_ref(), org, &key, &answer),
            Claim::Won
        );
        for _ in 0..2 {
            let again = claim(store.as_ref(), org, (&key, &ONE), now());
            assert_eq!(again, Claim::Answered(answer.clone()));
        }
    }
}

/// Keys that differ in anything are different keys.
pub fn keys_are_told_apart_exactly<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, org) = (subject.transactions(), Office::open(&subject, 1).org);
    let long = "k".repeat(254);
    let keys = [
        "a",
        "A",
        "a ",
        " a",
        "%",
        "_",
        "'",
        &format!("{long}k"),
        &format!("{long}K"),
    ];
    for (place, text) in keys.iter().enumerate() {
        let answer = answer(&place.to_string());
        let first = claim_and_keep(store.as_ref(), org, &key(text), &answer);
        assert_eq!(first, Claim::Won, "{text:?}");
    }
    for (place, text) in keys.iter().enumerate() {
        let again = claim(store.as_ref(), org, (&key(text), &ONE), now());
        assert_eq!(
            again,
            Claim::Answered(answer(&place.to_string())),
            "{text:?}"
        );
    }
}

/// A key that was used with another request answers nothing.
pub fn another_request_under_a_key_is_told<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, org) = (subject.transactions(), Office::open(&subject, 1).org);
    claim_and_keep(store.as_ref(), org, &key("a"), &answer("a"));
    let mut nearly = ONE;
    nearly.0[31] = 0;
    for request in [OTHER, nearly] {
        let other = claim(store.as_ref(), org, (&key("a"), &request), now());
        assert_eq!(other, Claim::Mismatch);
    }
    let same = claim(store.as_ref(), org, (&key("a"), &ONE), now());
    assert_eq!(same, Claim::Answered(answer("a")));
}

/// Each organization has its own keys.
pub fn a_key_is_free_to_every_other_organization<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let store = subject.transactions();
    let [ours, theirs] = [1, 2].map(|number| Office::open(&subject, number).org);
    claim_and_keep(store.as_ref(), ours, &key("a"), &answer("ours"));
    let free = claim_and_keep(store.as_ref(), theirs, &key("a"), &answer("theirs"));
    assert_eq!(free, Claim::Won);
    let same = claim(store.as_ref(), ours, (&key("a"), &ONE), now());
    assert_eq!(same, Claim::Answered(answer("ours")));
}

/// From the instant in which its time is over, an answer is as if it had never been.
pub fn an_answer_is_kept_until_its_time_is_over<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, org) = (subject.transactions(), Office::open(&subject, 1).org);
    claim_and_keep(store.as_ref(), org, &key("a"), &answer("first"));
    let last = expiry().saturating_add(-Duration::MILLISECOND);
    let before = claim(store.as_ref(), org, (&key("a"), &ONE), last);
    assert_eq!(before, Claim::Answered(answer("first")));
    for request in [ONE, OTHER] {
        let over = claim(store.as_ref(), org, (&key("a"), &request), expiry());
        assert_eq!(over, Claim::Won, "whatever the request");
    }
    let next = expiry().saturating_add(Duration::HOUR);
    run(store.as_ref(), org, End::Commit, &mut |tx| {
        assert_eq!(tx.claim(&key("a"), &OTHER, expiry())?, Claim::Won);
        tx.keep(&key("a"), &OTHER, &answer("second"), next)
    });
    let again = claim(store.as_ref(), org, (&key("a"), &OTHER), expiry());
    assert_eq!(again, Claim::Answered(answer("second")));
}

/// What is rolled back, refused or failed leaves its key to the next.
pub fn a_key_whose_write_is_undone_is_free<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let (store, org) = (subject.transactions(), office.org);
    run(store.as_ref(), org, End::RollBack, &mut |tx| {
        assert_eq!(tx.claim(&key("a"), &ONE, now())?, Claim::Won);
        tx.keep(&key("a"), &ONE, &answer("undone"), expiry())
    });
    let refused = office.write(|tx| {
        assert_eq!(tx.claim(&key("a"), &OTHER, now())?, Claim::Won);
        tx.keep(&key("a"), &OTHER, &answer("undone"), expiry())?;
        Err::<(), _>(WriteError::Refused(NoSuchObject))
    });
    assert_eq!(refused, Err(NoSuchObject));
    let free = claim_and_keep(store.as_ref(), org, &key("a"), &answer("kept"));
    assert_eq!(free, Claim::Won);
}

/// No second answer is kept under a key, even by a caller that has not claimed it.
pub fn an_answer_is_kept_once<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, org) = (subject.transactions(), Office::open(&subject, 1).org);
    claim_and_keep(store.as_ref(), org, &key("a"), &answer("first"));
    let second = store.transact(org, &Origin::OPERATOR, &mut |tx| {
        tx.keep(&key("a"), &ONE, &answer("second"), expiry())?;
        Ok(End::Commit)
    });
    second.expect_err("an answer is kept already");
    let same = claim(store.as_ref(), org, (&key("a"), &ONE), now());
    assert_eq!(same, Claim::Answered(answer("first")));
}

/// At most as many answers are forgotten as are to be, and none whose time is not over.
pub fn answers_are_forgotten_a_few_at_a_time<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let store = subject.transactions();
    let [ours, theirs] = [1, 2].map(|number| Office::open(&subject, number).org);
    for (org, name) in [
        (ours, "a"),
        (ours, "b"),
        (theirs, "a"),
        (theirs, "b"),
        (theirs, "c"),
    ] {
        claim_and_keep(store.as_ref(), org, &key(name), &answer(name));
    }
    let later = expiry().saturating_add(Duration::MILLISECOND);
    run(store.as_ref(), ours, End::Commit, &mut |tx| {
        tx.keep(&key("later"), &ONE, &answer("later"), later)
    });
    let forget = |now, most| {
        let forgotten = subject.answers().forget_expired(now, most);
        forgotten.expect("a store that answers")
    };
    assert_eq!(
        forget(expiry().saturating_add(-Duration::MILLISECOND), 9),
        0
    );
    let forgotten = [0, 2, 2, 9, 9].map(|most| forget(expiry(), most));
    assert_eq!(forgotten, [0, 2, 2, 1, 0]);
    let kept = claim(store.as_ref(), ours, (&key("later"), &ONE), now());
    assert_eq!(kept, Claim::Answered(answer("later")));
    let gone = claim(store.as_ref(), ours, (&key("a"), &ONE), now());
    assert_eq!(gone, Claim::Won, "it is forgotten, and not hidden");
}
