//! Three servers over one database, each of which may be killed at any moment.
//!
//! Clients write to all of them in turns, and repeat a write at the next server when it was not answered;
//! others read. What is asked of one server is true on every other, and what a killed one had in hand is
//! done by those that are left. `ORG_API_KILLS` sets how often a server is killed, and `ORG_API_SEED`
//! which of them, and when.

use std::thread;
use std::time::{Duration, Instant};

use org_store::testing::TestDatabase;
use rustix::process::Signal;

use crate::client::Asked;
use crate::command::{json, program, text};
use crate::counting::count;
use crate::deliveries::receiver::Receiver;
use crate::deliveries::stage::{LOCALLY, MASTER_KEY};
use crate::kills::accounts::balance;
use crate::kills::kills;
use crate::kills::writers::Writers;
use crate::moments::Moments;
use crate::server::{PATIENCE, PATIENT, Server};
use crate::world::{Side, all_scopes, side};

/// How many servers there are at a time.
const SERVERS: usize = 3;

/// How many clients do nothing but read.
const READERS: usize = 2;

/// How long a server may go on letting a revoked key in.
const HEARD_WITHIN: Duration = Duration::from_secs(1);

/// What each server has of the connections that all tests share.
const FEW: [&str; 2] = ["--database-connections", "4"];

/// A server that sends.
fn serve(url: &str) -> Server {
    let mut serve = program();
    serve.env("ORG_API_MASTER_KEY", MASTER_KEY);
    serve.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
    serve.args(["--webhook-delivery", "live"]).args(LOCALLY);
    serve.args(PATIENT).args(FEW);
    Server::spawn(serve)
}

/// An endpoint of the organization that hears of bookings.
fn endpoint(url: &str, slug: &str, receiver: &str) {
    let mut create = program();
    create.env("ORG_API_MASTER_KEY", MASTER_KEY);
    create.args(["--database-url", url, "webhook", "create", "--org", slug]);
    create.args(["--url", receiver, "--event", "resource_booking.created"]);
    let made = create.args(LOCALLY).output().expect("the program runs");
    assert!(made.status.success(), "{made:?}");
}

fn addresses(servers: &[Server]) -> Vec<&str> {
    servers.iter().map(Server::address).collect()
}

/// Reads at every server in turns until all have ended, and answers how often. A server that was killed
/// answers nothing; what is answered is right.
fn read(side: &Side, writers: &Writers<'_>) -> u32 {
    let path = side.path("/resources");
    let asked = Asked::of("GET", &path, Some(&side.key));
    let mut answers = 0;
    while !writers.have_ended() {
        if let Ok(answer) = writers.client().try_to_send(&asked) {
            assert_eq!(answer.data()["total"], 1, "{answer:?}");
            answers += 1;
        }
    }
    answers
}

/// Holds that a key which is revoked by nobody of these servers is let in by none of them, a second later.
fn a_revocation_is_heard(url: &str, slug: &str, servers: &[Server]) {
    let mut create = vec!["key", "create", "--org", slug, "--name", "short-lived"];
    for scope in all_scopes() {
        create.extend(["--scope", scope]);
    }
    let key = json(url, &create);
    let (id, secret) = (text(&key, "id"), text(&key, "secret"));
    let path = format!("/api/org/v1/{slug}/works");
    let status = |server: &Server| server.client().get(&path, Some(&secret)).status;
    for server in servers {
        assert_eq!(status(server), 200, "each remembers the key from now on");
    }
    json(url, &["key", "revoke", &id]);
    let revoked = Instant::now();
    for server in servers {
        loop {
            let asked = revoked.elapsed();
            if status(server) == 401 {
                break;
            }
            assert!(asked <= HEARD_WITHIN, "let in after {asked:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn three_servers_lose_and_double_nothing_while_one_after_the_other_is_killed() {
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    let here = side(url, "here-orchestra");
    let receiver = Receiver::start();
    endpoint(url, here.slug, &receiver.url("/well"));
    let mut servers: Vec<_> = (0..SERVERS).map(|_| serve(url)).collect();
    let writers = Writers::of(&here, &servers[0].client());
    let mut moments = Moments::new();
    let (answered, reads) = thread::scope(|scope| {
        let writing = writers.begin(scope, servers[0].address());
        let end = writers.end();
        writers.go_to_all(&addresses(&servers));
        let reading = [(); READERS].map(|()| scope.spawn(|| read(&here, &writers)));
        for kill in 0..kills() {
            writers.let_some_be_answered(kill);
            moments.wait();
            let killed = servers.swap_remove(moments.one_of(SERVERS));
            killed.signal(Signal::KILL);
            assert!(!killed.ended_well());
            a_revocation_is_heard(url, here.slug, &servers);
            servers.push(serve(url));
            writers.go_to_all(&addresses(&servers));
        }
        drop(end);
        let reads = reading.map(|reader| reader.join().expect("what was read was right"));
        (writing.answered(), reads)
    });
    let mut conn = database.connection();
    balance(&mut conn, &answered);
    assert!(reads.iter().all(|reads| *reads > 0), "{reads:?}");
    every_booking_is_delivered(&mut conn, &receiver);
    println!(
        "{} kills, {} writes, {reads:?} reads",
        kills(),
        answered.len()
    );
}

/// Waits until the receiver has heard of each booking, and the log knows. What a killed server was sending is
/// sent again when its lease is over.
fn every_booking_is_delivered(conn: &mut diesel::PgConnection, receiver: &Receiver) {
    let told = "SELECT count(*) FROM events WHERE type = 'resource_booking.created'";
    let left = "SELECT count(*) FROM webhook_deliveries WHERE status <> 'DELIVERED'";
    let made = "SELECT count(*) FROM webhook_deliveries";
    let told = count(conn, told);
    assert!(told > 0, "nothing was booked");
    let deadline = Instant::now() + PATIENCE;
    while count(conn, made) < told || count(conn, left) > 0 {
        assert!(Instant::now() < deadline, "{} are left", count(conn, left));
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(count(conn, made), told, "one delivery for each event");
    let heard = receiver.seen("/well", |seen| seen.messages.len());
    assert_eq!(i64::try_from(heard).expect("not that many"), told);
}
