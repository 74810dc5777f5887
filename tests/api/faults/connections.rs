//! PostgreSQL has no connection left: others have them all, and the server's own are ended.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::ground::Ground;
use super::stage::Stage;
use crate::server::Server;

/// Ends the server's connections and takes their places, until it has none.
fn take_all(ground: &Ground, admin: &mut PgConnection) -> Vec<PgConnection> {
    let mut taken = Vec::new();
    loop {
        let ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE application_name = 'org-api'";
        diesel::sql_query(ended).execute(admin).expect("ended");
        while let Ok(one) = PgConnection::establish(&ground.url) {
            taken.push(one);
        }
        if connections_of_the_server(admin) == 0 {
            return taken;
        }
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn connections_of_the_server(admin: &mut PgConnection) -> i64 {
    let count = "SELECT count(*) AS number FROM pg_stat_activity \
                 WHERE application_name = 'org-api'";
    let counted: Number = diesel::sql_query(count).get_result(admin).expect("a count");
    counted.number
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
