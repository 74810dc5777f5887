//! Writes go on while what serves them is killed, again and again, in the middle of whatever it does.
//!
//! Every write bears a name of its own and is repeated under it until it is answered. In the end each
//! object is there once, each event once, and everything that was answered is as it was answered.
//! `ORG_API_KILLS` sets how often something is killed, and `ORG_API_SEED` when.

pub(crate) mod accounts;
pub(crate) mod writers;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use org_embedded_postgres::{APPLICATION_DATABASE, Settings, start};
use org_store::testing::TestDatabase;
use rustix::process::{Pid, Signal, kill_process};

use self::accounts::balance;
use self::writers::Writers;
use crate::command::program;
use crate::folder::folder;
use crate::moments::Moments;
use crate::server::{PATIENCE, Server};
use crate::world::side;

/// How often something is killed, unless it is said otherwise.
const FEW: u32 = 10;

/// How often something is killed.
pub(crate) fn kills() -> u32 {
    let wanted = std::env::var("ORG_API_KILLS");
    wanted.map_or(FEW, |wanted| wanted.parse().expect("a number of kills"))
}

#[test]
fn nothing_is_lost_or_done_twice_when_the_server_is_killed() {
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    let here = side(url, "here-orchestra");
    let mut server = Server::start(url);
    let writers = Writers::of(&here, &server.client());
    let mut moments = Moments::new();
    let answered = thread::scope(|scope| {
        let writing = writers.begin(scope, server.address());
        let end = writers.end();
        for kill in 0..kills() {
            writers.let_some_be_answered(kill);
            moments.wait();
            server.signal(Signal::KILL);
            assert!(!server.ended_well());
            server = Server::start(url);
            writers.go_to(server.address());
        }
        drop(end);
        writing.answered()
    });
    let mut conn = database.connection();
    balance(&mut conn, &answered);
    println!("{} kills of the server, {} writes", kills(), answered.len());
}

#[test]
fn nothing_is_lost_or_done_twice_when_postgresql_is_killed() {
    let folder = folder();
    let base = folder.path().join("cluster");
    let cluster = start(&Settings::new(&base)).expect("a cluster");
    let url = cluster.url(APPLICATION_DATABASE);
    let mut serve = program();
    serve.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    let server = Server::spawn({
        serve.arg(&base);
        serve
    });
    let here = side(&url, "here-orchestra");
    let writers = Writers::of(&here, &server.client());
    let mut moments = Moments::new();
    let answered = thread::scope(|scope| {
        let writing = writers.begin(scope, server.address());
        let end = writers.end();
        for kill in 0..kills() {
            writers.let_some_be_answered(kill);
            moments.wait();
            let killed = postmaster(&base);
            kill_process(killed, Signal::KILL).expect("PostgreSQL is ours");
            until_it_is_another(&base, killed, &server);
        }
        drop(end);
        writing.answered()
    });
    let mut conn = diesel::Connection::establish(&url).expect("the database answers");
    balance(&mut conn, &answered);
    println!("{} kills of PostgreSQL, {} writes", kills(), answered.len());
}

fn postmaster(base: &Path) -> Pid {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let file = std::fs::read_to_string(base.join("data/postmaster.pid")).unwrap_or_default();
        let pid = file.lines().next().and_then(|pid| pid.parse().ok());
        if let Some(pid) = pid.and_then(Pid::from_raw) {
            return pid;
        }
        assert!(Instant::now() < deadline, "PostgreSQL has no pid");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Waits until the server has started PostgreSQL again and reaches it.
fn until_it_is_another(base: &Path, killed: Pid, server: &Server) {
    let (client, deadline) = (server.client(), Instant::now() + PATIENCE);
    while postmaster(base) == killed || client.get("/readyz", None).status != 200 {
        assert!(
            Instant::now() < deadline,
            "PostgreSQL, killed as {killed:?}, did not come back"
        );
        thread::sleep(Duration::from_millis(5));
    }
}
