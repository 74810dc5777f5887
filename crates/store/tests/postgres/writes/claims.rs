//! Keys that are claimed by several transactions.

use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use org_domain::checklist::Checklists;
use org_domain::transaction::NoSuchObject;
use org_kernel::field::FromText;
use org_kernel::idempotency::{Answer, Claim, Fingerprint, IdempotencyKey, KeptAnswers};
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use org_kernel::{StoreError, WriteError};
use org_store::testing::TestDatabase;
use org_store::{Pg, Settings};

use super::{clock, count, ids, somebody_waits, write};
use crate::support::{end_sessions, ground, id, wait_until};

const REQUEST: Fingerprint = Fingerprint([7; 32]);

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::from_text(text).expect("a key")
}

fn at(hour: u8) -> Instant {
    let text = format!("2026-01-01T{hour:02}:00:00Z");
    text.parse().expect("an instant")
}

fn answer() -> Answer {
    Answer {
        status: 201,
        location: Some("/v1/x".to_owned()),
        body: "{ }".to_owned(),
    }
}

/// Claims a key, at noon; one that is won writes an item and keeps its answer until one o'clock.
fn answer_once(pg: &Pg, key: &IdempotencyKey) -> Result<Claim, WriteError<NoSuchObject>> {
    let checklists = Checklists::new(clock(), ids());
    let label = Line::stored("x".to_owned());
    write(pg, |tx| {
        let claim = tx.claim(key, &REQUEST, at(12))?;
        if claim == Claim::Won {
            checklists.append(tx, id(0x11), &label)?;
            tx.keep(key, &REQUEST, &answer(), at(13))?;
        }
        Ok(claim)
    })
}

fn items(database: &TestDatabase) -> i64 {
    count(database, "SELECT count(*) AS count FROM checklist_items")
}

#[test]
fn a_key_that_is_claimed_is_in_use_until_it_is_answered() {
    let database = ground();
    let pg = database.pg();
    let key = key("key");
    let mut meanwhile = None;
    let first = write::<_, NoSuchObject>(&pg, |tx| {
        let claim = tx.claim(&key, &REQUEST, at(12))?;
        meanwhile = answer_once(&pg, &key).ok();
        tx.keep(&key, &REQUEST, &answer(), at(13))?;
        Ok(claim)
    });
    assert_eq!(first.expect("a claim"), Claim::Won);
    assert_eq!(meanwhile, Some(Claim::InUse));
    let again = answer_once(&pg, &key).expect("a claim");
    assert_eq!(again, Claim::Answered(answer()));
    assert_eq!(items(&database), 0);
}

/// However closely one follows another, it finds the key in use or answered, and never free.
#[test]
fn of_many_twins_over_two_stores_one_writes() {
    const KEYS: i64 = 10;
    let database = ground();
    let stores = [database.pg(), database.pg()];
    for number in 0..KEYS {
        let key = &key(&format!("key {number}"));
        let claims: Vec<_> = thread::scope(|scope| {
            let twins = stores.iter().cycle().take(8).map(|pg| {
                scope.spawn(move || {
                    loop {
                        match answer_once(pg, key).expect("a claim") {
                            Claim::InUse => thread::yield_now(),
                            claim => return claim,
                        }
                    }
                })
            });
            let twins: Vec<_> = twins.collect();
            let ends = twins.into_iter().map(ScopedJoinHandle::join);
            ends.map(|end| end.expect("no panic")).collect()
        });
        let (won, answered): (Vec<_>, Vec<_>) =
            claims.into_iter().partition(|claim| *claim == Claim::Won);
        assert_eq!(won.len(), 1);
        assert_eq!(answered, vec![Claim::Answered(answer()); 7]);
    }
    assert_eq!(items(&database), KEYS);
}

#[test]
fn a_key_whose_connection_is_lost_is_free_and_nothing_is_kept() {
    let database = ground();
    let pg = database.pg();
    let key = key("key");
    let checklists = Checklists::new(clock(), ids());
    let label = Line::stored("x".to_owned());
    let lost = write::<_, NoSuchObject>(&pg, |tx| {
        tx.claim(&key, &REQUEST, at(12))?;
        checklists.append(tx, id(0x11), &label)?;
        tx.keep(&key, &REQUEST, &answer(), at(13))?;
        end_sessions(&database);
        Ok(())
    });
    let unavailable = matches!(lost, Err(WriteError::Store(StoreError::Unavailable(_))));
    assert!(unavailable, "{lost:?}");
    // The server tells its client before it lets go of the locks.
    wait_until("the key is free", || {
        let claim = write::<_, NoSuchObject>(&pg, |tx| Ok(tx.claim(&key, &REQUEST, at(12))?));
        claim.expect("a claim") == Claim::Won
    });
    assert_eq!(items(&database), 0);
    assert_eq!(answer_once(&pg, &key).expect("a claim"), Claim::Won);
}

/// Another program may write to the database, and know of no lock.
#[test]
fn an_answer_that_was_kept_meanwhile_is_found() {
    let database = ground();
    let pg = database.pg();
    let key = key("key");
    let mut claims = Vec::new();
    let done = write::<_, NoSuchObject>(&pg, |tx| {
        let claim = tx.claim(&key, &REQUEST, at(12))?;
        claims.push(claim.clone());
        if claim == Claim::Won {
            let meanwhile = "INSERT INTO kept_answers VALUES
                             (id(1), 'key', decode(repeat('07', 32), 'hex'), 201, '/v1/x', '{ }',
                              '2026-01-01 13:00Z')";
            let kept = database.connection().batch_execute(meanwhile);
            kept.expect("no answer is kept");
            tx.keep(&key, &REQUEST, &answer(), at(13))?;
        }
        Ok(())
    });
    done.expect("the second run finds the answer");
    assert_eq!(claims, [Claim::Won, Claim::Answered(answer())]);
}

/// The lock on a key is given back after the commit, and so by then there is an answer, which whoever
/// takes the lock next must find: also one that had begun to ask for it before. Here one is held up
/// between the two, and its twin commits meanwhile.
#[test]
fn an_answer_that_is_committed_while_the_key_is_asked_for_is_found() {
    let database = ground();
    let key = &key("key");
    let gate = &mut database.connection();
    gate.batch_execute(HELD_UP).expect("a gate");
    let (twin, held_up) = (database.pg(), held_up(&database));
    let mut runs = 0;
    let claims = thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let claims = write::<_, NoSuchObject>(&held_up, |tx| {
                runs += 1;
                Ok(tx.claim(key, &REQUEST, at(12))?)
            });
            claims.expect("a claim")
        });
        wait_until("the key is asked for", || somebody_waits(&database));
        let first = answer_once(&twin, key).expect("a claim");
        gate.batch_execute("SELECT pg_advisory_unlock(1)")
            .expect("the gate opens");
        (first, asking.join().expect("no panic"))
    });
    assert_eq!(claims, (Claim::Won, Claim::Answered(answer())));
    assert_eq!(runs, 1);
    assert_eq!(items(&database), 1);
}

/// Locks that are waited for at a gate, which is closed, before they are tried for.
const HELD_UP: &str = "
    CREATE SCHEMA held_up;
    CREATE FUNCTION held_up.pg_try_advisory_xact_lock(number bigint) RETURNS boolean
        LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(1);
            RETURN pg_catalog.pg_try_advisory_xact_lock(number);
        END $$;
    SELECT pg_advisory_lock(1)";

/// A store that takes its locks in that way.
fn held_up(database: &TestDatabase) -> Pg {
    let url = database.url().as_str();
    let mark = if url.contains('?') { '&' } else { '?' };
    let path = "options=-csearch_path%3Dheld_up,pg_catalog,public";
    let url = format!("{url}{mark}{path}");
    Pg::connect(&Settings {
        wait: Duration::from_secs(30),
        ..Settings::new(url.parse().expect("a URL"))
    })
}

/// To forget is no hurry: what somebody is replacing is passed over.
#[test]
fn what_is_claimed_again_is_not_waited_for_when_answers_are_forgotten() {
    let database = ground();
    let pg = database.pg();
    let (one, another) = (key("one"), key("another"));
    for key in [&one, &another] {
        assert_eq!(answer_once(&pg, key).expect("a claim"), Claim::Won);
    }
    let mut forgotten = None;
    let claimed = write::<_, NoSuchObject>(&pg, |tx| {
        let claim = tx.claim(&one, &REQUEST, at(14))?;
        forgotten = pg.forget_expired(at(14), 10).ok();
        tx.keep(&one, &REQUEST, &answer(), at(15))?;
        Ok(claim)
    });
    assert_eq!(claimed.expect("a claim"), Claim::Won);
    assert_eq!(forgotten, Some(1));
    let kept = count(&database, "SELECT count(*) AS count FROM kept_answers");
    assert_eq!(kept, 1);
}
