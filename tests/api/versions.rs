//! A server beside a schema that the next version has expanded: what lets two versions share a database
//! while one takes the other's place.

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use org_store::testing::TestDatabase;
use serde_json::json;

use crate::command::json as command;
use crate::server::Server;
use crate::world::side;

/// All that a migration may add: to every table a column that may be null and one with a default; a table;
/// and a version that this program does not know.
const EXPAND: &str = "
    DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT c.oid::regclass::text FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND c.relnamespace = 'public'::regnamespace AND c.relname <> '__diesel_schema_migrations'
        LOOP
            EXECUTE format('ALTER TABLE %s ADD COLUMN later text, ADD COLUMN stricter int NOT NULL DEFAULT 7', name);
        END LOOP;
    END $$;
    CREATE TABLE later_things (org_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (org_id, id));
    INSERT INTO __diesel_schema_migrations (version) VALUES ('9999');";

fn expand(conn: &mut PgConnection) {
    conn.batch_execute(EXPAND)
        .expect("the schema of the next version");
}

#[test]
fn a_server_works_with_the_schema_of_the_next_version() {
    let database = TestDatabase::fresh();
    expand(&mut database.connection());
    let url = database.url().as_str();
    // The commands apply nothing, and refuse nothing, either.
    assert_eq!(command(url, &["migrate"])["applied"], json!([]));
    let here = side(url, "here-orchestra");
    let server = Server::start(url);
    let client = server.client();
    for (path, body) in [
        (
            "/contacts",
            json!({ "name": "Baltic Agents", "type": "AGENT" }),
        ),
        (
            "/resource-bookings",
            json!({
                "resourceId": here.only(&client, "/resources"), "title": "Tuning",
                "startAt": "2030-01-01T10:00:00Z", "endAt": "2030-01-01T11:00:00Z",
            }),
        ),
    ] {
        assert_eq!(
            here.write(&client, ("POST", path), body).status,
            201,
            "{path}"
        );
    }
    for path in ["/productions", "/works", "/members", "/performance-history"] {
        let answer = client.get(&here.path(path), Some(&here.key));
        assert_eq!(answer.status, 200, "{path}");
    }
}

#[test]
fn a_server_that_is_running_goes_on_when_the_schema_is_expanded() {
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    let here = side(url, "here-orchestra");
    let server = Server::start(url);
    let client = server.client();
    let status = || {
        client
            .get(&here.path("/productions"), Some(&here.key))
            .status
    };
    assert_eq!(status(), 200);
    expand(&mut database.connection());
    for _ in 0..20 {
        assert_eq!(status(), 200);
    }
    let body = json!({ "name": "Baltic Agents", "type": "AGENT" });
    assert_eq!(here.write(&client, ("POST", "/contacts"), body).status, 201);
}
