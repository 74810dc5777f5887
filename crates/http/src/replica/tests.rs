//! Where a read goes.

use std::sync::mpsc;

use org_domain::memory::InMemory;
use org_kernel::StoreError;
use uuid::Uuid;

use super::*;

const WRITER: KeyId = KeyId::new(Uuid::from_u128(1));
const READER: KeyId = KeyId::new(Uuid::from_u128(2));

/// How far the replica may be behind.
const MOST_LAG: Duration = Duration::from_secs(5);

/// A replica that was just seen, and where other servers are told of keys.
fn seen() -> (Replica, mpsc::Receiver<KeyId>) {
    let (tell, told) = mpsc::channel();
    let now = Instant::now();
    let long_ago = now.checked_sub(Duration::from_mins(1)).unwrap_or(now);
    let writers = RecentWriters::new(Duration::from_secs(1), long_ago);
    writers.hearing(long_ago);
    let library = Arc::new(InMemory::default());
    let replica = Replica::new(ReplicaPorts {
        library: library.clone(),
        feed: library,
        writers: Arc::new(writers),
        tell: Box::new(move |key| tell.send(key).expect("the test listens")),
        connections: NonZeroU32::MIN,
        wait: Duration::from_millis(20),
    });
    replica.seen(now + Duration::from_hours(1), Duration::ZERO, MOST_LAG);
    (replica, told)
}

#[expect(clippy::unnecessary_wraps, reason = "other questions fail")]
fn answers(_: &Reads) -> Result<u8, StoreError> {
    Ok(7)
}

#[actix_web::test]
async fn the_replica_is_read_but_for_keys_that_have_just_written() {
    let (replica, told) = seen();
    assert_eq!(replica.ask(READER, answers).await, Some(7));
    replica.wrote(WRITER);
    assert_eq!(told.try_recv(), Ok(WRITER), "the other servers are told");
    assert_eq!(replica.ask(WRITER, answers).await, None);
    assert_eq!(replica.ask(READER, answers).await, Some(7));
    let figures = ReplicaFigures {
        on_replica: 2,
        own_writes: 1,
        is_well: true,
        lag: Some(Duration::ZERO),
        ..ReplicaFigures::default()
    };
    assert_eq!(replica.figures(), figures);
}

#[actix_web::test]
async fn a_replica_that_was_not_seen_for_a_while_is_not_asked() {
    let (replica, _told) = seen();
    let now = Instant::now();
    replica.seen(
        now.checked_sub(GOOD_FOR)
            .expect("the machine is up for longer"),
        Duration::ZERO,
        MOST_LAG,
    );
    assert_eq!(replica.ask(READER, answers).await, None);
    let figures = replica.figures();
    assert_eq!((figures.away, figures.is_well), (1, false));
}

#[actix_web::test]
async fn a_replica_that_cannot_be_reached_is_not_asked_until_it_is_seen() {
    let (replica, _told) = seen();
    let gone = |_: &Reads| Err::<u8, _>(StoreError::unreachable("it is gone"));
    assert_eq!(replica.ask(READER, gone).await, None);
    assert_eq!(replica.ask(READER, answers).await, None, "nobody tries");
    assert_eq!(replica.figures().away, 2);
    replica.seen(Instant::now(), Duration::ZERO, MOST_LAG);
    assert_eq!(replica.ask(READER, answers).await, Some(7));
}

#[actix_web::test]
async fn a_replica_is_not_read_when_it_may_be_further_behind_than_it_may() {
    let (replica, _told) = seen();
    let ago = |duration| {
        Instant::now()
            .checked_sub(duration)
            .expect("the machine is up")
    };
    let (lag, looked_at) = (Duration::from_secs(4), ago(Duration::from_millis(1100)));
    replica.seen(looked_at, lag, MOST_LAG);
    assert_eq!(replica.ask(READER, answers).await, None);
    let figures = replica.figures();
    assert_eq!((figures.lag, figures.is_well), (Some(lag), false));
    replica.seen(looked_at, Duration::from_secs(2), MOST_LAG);
    assert_eq!(replica.ask(READER, answers).await, Some(7));
}

/// One question must not take the replica away from everybody.
#[actix_web::test]
async fn a_replica_that_takes_too_long_over_a_question_is_asked_the_next() {
    let (replica, _told) = seen();
    let slow = |_: &Reads| Err::<u8, _>(StoreError::unavailable("canceled: statement timeout"));
    assert_eq!(replica.ask(READER, slow).await, None);
    assert_eq!(replica.ask(READER, answers).await, Some(7));
    let figures = replica.figures();
    assert_eq!((figures.failed, figures.away), (1, 0));
}

/// Such as a statement that was cancelled for the sake of what the replica follows.
#[actix_web::test]
async fn a_failure_of_the_replica_is_the_answer_to_nothing_and_ends_nothing() {
    let (replica, _told) = seen();
    let cancelled = |_: &Reads| Err::<u8, _>(StoreError::failed("it conflicts with recovery"));
    assert_eq!(replica.ask(READER, cancelled).await, None);
    assert_eq!(replica.ask(READER, answers).await, Some(7));
    let figures = replica.figures();
    assert_eq!(
        (figures.failed, figures.on_replica, figures.away),
        (1, 1, 0)
    );
}

#[actix_web::test]
async fn who_finds_no_place_asks_the_primary_and_who_waits_for_a_lost_replica_does_too() {
    let (replica, _told) = seen();
    let replica = Arc::new(replica);
    let (release, held) = mpsc::channel::<()>();
    let (started, running) = mpsc::channel::<()>();
    let hanging = actix_web::rt::spawn({
        let replica = Arc::clone(&replica);
        let hang = move |_: &Reads| {
            started.send(()).expect("the test waits");
            held.recv().map_err(StoreError::failed)
        };
        async move { replica.ask(READER, hang).await }
    });
    while running.try_recv().is_err() {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        replica.ask(READER, answers).await,
        None,
        "its place is taken"
    );
    assert_eq!(replica.figures().failed, 1);
    replica.lost();
    assert_eq!(hanging.await.expect("no panic"), None);
    assert_eq!(replica.figures().away, 1);
    release.send(()).expect("the question still hangs");
}
