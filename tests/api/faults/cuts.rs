//! Answers are cut off in the middle: those of the server to its clients, and those of PostgreSQL to the
//! server, at any byte and so also between a commit and the word of it.

use std::sync::Arc;

use super::ground::Ground;
use super::proxy::{Cuts, over_files, over_tcp};
use super::stage::Stage;
use crate::folder::folder;
use crate::server::Server;

/// How many connections are cut, each time.
const MANY: u32 = 200;

#[test]
fn clients_whose_answers_are_cut_off_repeat_themselves_without_harm() {
    let ground = Ground::new();
    let cuts = Arc::<Cuts>::default();
    let mut stage = Stage::new(&ground.url, Server::start(&ground.url));
    stage.address = over_tcp(stage.server.address(), &cuts);
    stage.cut = true;
    stage.endure("answers to clients are cut", |_, _| cuts.make(MANY));
}

#[test]
fn a_server_whose_database_connections_are_cut_off_makes_others() {
    let ground = Ground::new();
    let cuts = Arc::<Cuts>::default();
    let between = folder();
    over_files(
        &between.path().join(".s.PGSQL.5432"),
        ground.socket(),
        &cuts,
    );
    let through = ground.url_through(between.path());
    let stage = Stage::new(&ground.url, Server::start(&through));
    stage.endure("answers of PostgreSQL are cut", |_, _| cuts.make(MANY));
}
