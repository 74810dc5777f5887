//! A server that has too much to do, and one that is told to stop while it has.

mod stopping;

use std::sync::mpsc::{self, Receiver};
use std::thread;

use diesel::PgConnection;
use diesel::connection::SimpleConnection;

use crate::client::Answer;
use crate::server::PATIENCE;
use crate::world::World;

/// Nobody reads the works until this connection is dropped, or ends its transaction.
fn hold_the_works(world: &World) -> PgConnection {
    let mut holder = world.connection();
    holder
        .batch_execute("BEGIN; LOCK TABLE works IN ACCESS EXCLUSIVE MODE")
        .expect("the table is locked");
    holder
}

/// Asks for the works so many times at once; the answers come as they are given.
fn ask_at_once(world: &World, times: usize) -> Receiver<Answer> {
    let (tell, told) = mpsc::channel();
    for _ in 0..times {
        let (client, tell) = (world.server.client(), tell.clone());
        let (path, key) = (world.path("/works"), world.here.key.clone());
        thread::spawn(move || {
            // Nobody has to listen.
            let _ = tell.send(client.get(&path, Some(&key)));
        });
    }
    told
}

fn assert_unavailable(answer: &Answer) {
    let said = (answer.status, answer.code());
    assert_eq!(said, (503, "UNAVAILABLE".to_owned()));
    let seconds = answer.header("retry-after").expect("Retry-After");
    assert!(seconds.parse::<u32>().expect("seconds") >= 1);
}

#[test]
fn while_the_database_is_stuck_only_so_many_wait_and_all_others_are_told_at_once() {
    let world = World::served_with(&[
        "--database-connections",
        "4",
        "--database-queue",
        "4",
        "--database-wait-ms",
        "60000",
        "--statement-timeout-ms",
        "60000",
        "--request-timeout-ms",
        "60000",
    ]);
    assert_eq!(
        world.get("/works").status,
        200,
        "the key is known from now on"
    );
    let mut holder = hold_the_works(&world);
    // Three connections are for what good keys ask, and three of the queue.
    let answers = ask_at_once(&world, 20);
    for _ in 0..14 {
        let refused = answers.recv_timeout(PATIENCE);
        assert_unavailable(&refused.expect("an answer while the database is stuck"));
    }
    assert_eq!(world.client.get("/healthz", None).status, 200);
    assert!(answers.try_recv().is_err(), "the others wait");
    holder.batch_execute("COMMIT").expect("the table is free");
    for _ in 0..6 {
        let answered = answers.recv_timeout(PATIENCE).expect("an answer");
        assert_eq!(answered.status, 200);
    }
}

#[test]
fn a_statement_that_takes_too_long_is_given_up() {
    let world = World::served_with(&[
        "--statement-timeout-ms",
        "200",
        "--database-wait-ms",
        "60000",
    ]);
    let _holder = hold_the_works(&world);
    assert_unavailable(&world.get("/works"));
}

#[test]
fn an_answer_that_takes_too_long_is_not_waited_for() {
    let world = World::served_with(&[
        "--request-timeout-ms",
        "1000",
        "--database-wait-ms",
        "60000",
        "--statement-timeout-ms",
        "60000",
    ]);
    let _holder = hold_the_works(&world);
    assert_unavailable(&world.get("/works"));
}

#[test]
fn more_requests_than_may_be_answered_are_told_so() {
    let world = World::served_with(&["--max-in-flight", "2", "--database-wait-ms", "60000"]);
    assert_eq!(world.get("/works").status, 200);
    let mut holder = hold_the_works(&world);
    let answers = ask_at_once(&world, 6);
    for _ in 0..4 {
        let refused = answers.recv_timeout(PATIENCE);
        assert_unavailable(&refused.expect("an answer while two are being answered"));
    }
    let page = world.client.get("/settings/sign-in", None);
    assert_eq!(page.status, 503);
    assert!(page.header("retry-after").is_some());
    let text = String::from_utf8_lossy(&page.body);
    assert!(text.contains("unavailable for the moment"), "{text}");
    holder.batch_execute("COMMIT").expect("the table is free");
    for _ in 0..2 {
        let answered = answers.recv_timeout(PATIENCE).expect("an answer");
        assert_eq!(answered.status, 200);
    }
}
