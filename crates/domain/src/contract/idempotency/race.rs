//! The same request, many times at once.

use std::thread::{self, ScopedJoinHandle};
use std::time;

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;
use org_kernel::idempotency::{Answer, Claim};

use super::super::Subject;
use super::super::facts::event;
use super::super::office::Office;
use super::tries::{ONE, answer, expiry, key, now};
use crate::transaction::{End, Transaction, Transactions};

/// How long a twin tries again, on a machine that is busy.
const PATIENCE: time::Duration = time::Duration::from_mins(1);

/// Of any number of twins at once, one is done; the others get its answer, at once or when they ask
/// again because it still runs.
pub fn of_twins_at_once_one_is_done<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, org) = (subject.transactions(), Office::open(&subject, 1).org);
    let twin = &|number| answered(store.as_ref(), org, number);
    let answers: Vec<_> = thread::scope(|scope| {
        let twins = (1..=8).map(|number| scope.spawn(move || twin(number)));
        let twins: Vec<_> = twins.collect();
        let ends = twins.into_iter().map(ScopedJoinHandle::join);
        ends.map(|end| end.expect("a twin that ends")).collect()
    });
    let done = subject.payloads(org);
    assert_eq!(done.len(), 1, "{done:?}");
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:?}"
    );
}

/// Does the request, or gets the answer of whoever has done it.
fn answered(store: &dyn Transactions, org: OrgId, number: u64) -> Answer {
    let deadline = time::Instant::now() + PATIENCE;
    while time::Instant::now() < deadline {
        let mut given = None;
        let outcome = store.transact(org, &Origin::OPERATOR, &mut |tx| {
            given = attempt(tx, number)?;
            Ok(End::Commit)
        });
        outcome.expect("a store that answers");
        if let Some(given) = given {
            return given;
        }
        thread::yield_now();
    }
    panic!("the key stays in use");
}

fn attempt(tx: &mut dyn Transaction, number: u64) -> Result<Option<Answer>, StoreError> {
    match tx.claim(&key("twins"), &ONE, now())? {
        Claim::Won => {
            let answer = answer(&number.to_string());
            tx.append(event(number))?;
            tx.keep(&key("twins"), &ONE, &answer, expiry())?;
            Ok(Some(answer))
        }
        Claim::Answered(answer) => Ok(Some(answer)),
        Claim::InUse => Ok(None),
        Claim::Mismatch => Err(StoreError::failed("the request is the same")),
    }
}
