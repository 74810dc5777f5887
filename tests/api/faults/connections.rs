//! PostgreSQL has no connection left: others have them all, and the server's own are ended.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::ground::Ground;
use super::stage::Stage;
use crate::server::Server;

/// Ends the server's connections and takes their places, until none is left for it.
///
/// What counts is how many were taken: a connection that is being made, or is ending, is in no list.
fn take_all(ground: &Ground, admin: &mut PgConnection) -> Vec<PgConnection> {
    let places = places_beside(admin);
    let mut taken = Vec::new();
    let deadline = Instant::now() + Duration::from_mins(1);
    while taken.len() < places {
        let got = taken.len();
        assert!(Instant::now() < deadline, "{got} of {places} are free");
        let ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE application_name = 'org-api'";
        diesel::sql_query(ended).execute(admin).expect("ended");
        while let Ok(one) = PgConnection::establish(&ground.url) {
            taken.push(one);
        }
    }
    taken
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// How many connections there may be of roles that are no superuser, beside this one.
fn places_beside(admin: &mut PgConnection) -> usize {
    let count = "SELECT current_setting('max_connections')::bigint \
                      - current_setting('superuser_reserved_connections')::bigint \
                      - COALESCE(current_setting('reserved_connections', true)::bigint, 0) - 1 AS number";
    let places: Number = diesel::sql_query(count).get_result(admin).expect("a count");
    places.number.try_into().expect("a few")
}

#[test]
fn a_database_without_a_free_connection_is_unavailable_until_there_is_one() {
    let ground = Ground::new();
    let stage = Stage::new(&ground.url, Server::start(&ground.url));
    let admin_url = ground.cluster.admin_url("postgres");
    let mut admin = PgConnection::establish(&admin_url).expect("the superuser's connection");
    stage.endure("no connection left", |_, readers| {
        let taken = take_all(&ground, &mut admin);
        readers.until_refused(4);
        drop(taken);
    });
}
