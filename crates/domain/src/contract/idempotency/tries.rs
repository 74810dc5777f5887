//! Keys that are claimed and answers that are kept, each in a transaction of its own.

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::idempotency::{Answer, Claim, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use time::Duration;

use crate::transaction::{End, Transaction, Transactions};

pub(super) const ONE: Fingerprint = Fingerprint([1; 32]);
pub(super) const OTHER: Fingerprint = Fingerprint([2; 32]);

/// Claims a key for [`ONE`] and, if it is won, keeps an answer until [`expiry`].
pub(super) fn claim_and_keep(
    store: &dyn Transactions,
    org: OrgId,
    key: &IdempotencyKey,
    answer: &Answer,
) -> Claim {
    let mut claimed = None;
    run(store, org, End::Commit, &mut |tx| {
        let claim = tx.claim(key, &ONE, now())?;
        if claim == Claim::Won {
            tx.keep(key, &ONE, answer, expiry())?;
        }
        claimed = Some(claim);
        Ok(())
    });
    claimed.expect("the work was run")
}

/// What comes of claiming a key; it is given back at once.
pub(super) fn claim(
    store: &dyn Transactions,
    org: OrgId,
    (key, request): (&IdempotencyKey, &Fingerprint),
    now: Instant,
) -> Claim {
    let mut claimed = None;
    run(store, org, End::RollBack, &mut |tx| {
        claimed = Some(tx.claim(key, request, now)?);
        Ok(())
    });
    claimed.expect("the work was run")
}

pub(super) fn run(
    store: &dyn Transactions,
    org: OrgId,
    end: End,
    work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>,
) {
    let outcome = store.transact(org, &Origin::OPERATOR, &mut |tx| {
        work(tx)?;
        Ok(end)
    });
    outcome.expect("a store that answers");
}

pub(super) fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::from_text(text).expect("a key")
}

pub(super) fn answer(body: &str) -> Answer {
    Answer {
        status: 201,
        location: None,
        body: body.to_owned(),
    }
}

pub(super) fn now() -> Instant {
    "2026-01-01T00:00:00Z".parse().expect("an instant")
}

pub(super) fn expiry() -> Instant {
    now().saturating_add(Duration::DAY)
}
