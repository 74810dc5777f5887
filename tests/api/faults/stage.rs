//! What all faults have in common: who writes and reads meanwhile, and what is held in the end.

use std::thread;
use std::time::Instant;

use diesel::{Connection, PgConnection};

use super::readers::Readers;
use super::times;
use crate::kills::accounts::balance;
use crate::kills::writers::Writers;
use crate::server::Server;
use crate::world::{Side, side};

/// After how many answers each kind of write was made at least once.
const ENOUGH: u32 = 100;

/// A server over a database, with an organization to work in and another beside it.
pub(super) struct Stage {
    url: String,
    pub(super) here: Side,
    there: Side,
    pub(super) server: Server,
    /// Where clients reach the server, which may be through something.
    pub(super) address: String,
    /// Whether what is on the way to the server may lose answers.
    pub(super) cut: bool,
}

impl Stage {
    /// `url` leads to the server's database, but not through what may come between the two.
    pub(super) fn new(url: &str, server: Server) -> Self {
        Self {
            url: url.to_owned(),
            here: side(url, "here-orchestra"),
            there: side(url, "there-orchestra"),
            address: server.address().to_owned(),
            server,
            cut: false,
        }
    }

    /// Has a fault come and go, as often as it is said, while clients write and read. `fault` returns when
    /// it is over.
    pub(super) fn endure(&self, name: &str, mut fault: impl FnMut(&Writers<'_>, &Readers)) {
        let client = self.server.client();
        let writers = Writers::of(&self.here, &client);
        let readers = Readers::of(&self.here, &self.there, &client, self.cut);
        let answered = thread::scope(|scope| {
            let writing = writers.begin(scope, &self.address);
            let ends = (writers.end(), readers.end());
            readers.begin(scope, &self.address);
            for time in 0..times() {
                writers.let_some_be_answered(time);
                fault(&writers, &readers);
                let over = Instant::now();
                writers.let_some_be_answered(time);
                readers.until_answered(10);
                eprintln!("{name}: well again after {:?}", over.elapsed());
            }
            writers.until_answered(ENOUGH);
            drop(ends);
            writing.answered()
        });
        let mut conn = PgConnection::establish(&self.url).expect("the database answers");
        balance(&mut conn, &answered);
        eprintln!("{name}: {} times, {} writes", times(), answered.len());
    }
}
