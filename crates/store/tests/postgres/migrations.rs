//! Every migration can be applied, taken back, and applied again.

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use org_kernel::StoreError;
use org_store::migrations;
use org_store::testing::TestDatabase;

use crate::catalog::lines;
use crate::support::wait_until;

/// All that a migration can have made, one thing a line.
const EVERYTHING: &str = "
    SELECT format('column %s.%s %s %s default %s generated %s collation %s', c.relname, a.attname,
                  format_type(a.atttypid, a.atttypmod), a.attnotnull,
                  pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attcollation::regcollation)
           AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
    UNION ALL
    SELECT format('constraint %s on %s %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'function ' || CASE prokind WHEN 'f' THEN pg_get_functiondef(oid) ELSE proname END
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'extension ' || extname FROM pg_extension
    UNION ALL
    SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
    ORDER BY 1";

fn everything(conn: &mut PgConnection) -> Vec<String> {
    lines(conn, EVERYTHING)
}

fn files() -> FileBasedMigrations {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    FileBasedMigrations::from_path(folder).expect("the folder of migrations")
}

#[test]
fn each_migration_turns_back_without_a_trace() {
    let database = TestDatabase::empty();
    let conn = &mut database.connection();
    // The harness makes its own table first.
    assert!(conn.has_pending_migration(files()).expect("a list"));
    while conn.has_pending_migration(files()).expect("a list") {
        let before = everything(conn);
        let version = conn
            .run_next_migration(files())
            .expect("it applies")
            .to_string();
        let after = everything(conn);
        assert_ne!(before, after, "{version} does something");
        conn.revert_last_migration(files())
            .expect("it is taken back");
        assert_eq!(
            everything(conn),
            before,
            "{version} leaves something behind"
        );
        conn.run_next_migration(files()).expect("it applies again");
        assert_eq!(everything(conn), after, "{version} is not the same again");
    }
}

#[test]
fn all_migrations_turn_back_together() {
    let bare = TestDatabase::empty();
    let empty = {
        let conn = &mut bare.connection();
        conn.has_pending_migration(files()).expect("a list");
        everything(conn)
    };
    let database = TestDatabase::fresh();
    let conn = &mut database.connection();
    let migrated = everything(conn);
    conn.revert_all_migrations(files())
        .expect("they are taken back");
    assert_eq!(everything(conn), empty);
    conn.run_pending_migrations(files()).expect("they apply");
    assert_eq!(everything(conn), migrated);
}

#[test]
fn what_is_pending_is_applied_once() {
    let database = TestDatabase::empty();
    let url = database.url();
    let pending = migrations::pending(url).expect("a list");
    let in_the_folder = MigrationSource::<Pg>::migrations(&files())
        .expect("a folder")
        .len();
    assert_eq!(
        pending.len(),
        in_the_folder,
        "the program knows every migration of the folder"
    );
    assert_eq!(migrations::migrate(url).expect("they apply"), pending);
    assert_eq!(migrations::pending(url).expect("a list"), [""; 0]);
    assert_eq!(migrations::migrate(url).expect("nothing to apply"), [""; 0]);
}

#[test]
fn of_several_servers_that_start_at_once_one_migrates() {
    let database = TestDatabase::empty();
    let url = database.url();
    let applied: Vec<_> = std::thread::scope(|scope| {
        let servers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| migrations::migrate(url).expect("it succeeds")))
            .collect();
        servers
            .into_iter()
            .map(|server| server.join().expect("no panic").len())
            .collect()
    });
    let in_the_folder = MigrationSource::<Pg>::migrations(&files())
        .expect("a folder")
        .len();
    assert_eq!(
        applied
            .iter()
            .filter(|count| **count == in_the_folder)
            .count(),
        1,
        "{applied:?}"
    );
    assert_eq!(applied.iter().sum::<usize>(), in_the_folder, "{applied:?}");
}

#[test]
fn a_migration_that_the_database_refuses_has_failed() {
    let database = TestDatabase::empty();
    let conn = &mut database.connection();
    conn.batch_execute("CREATE TABLE productions ()")
        .expect("an obstacle");
    let refused = migrations::migrate(database.url());
    assert!(matches!(refused, Err(StoreError::Failed(_))), "{refused:?}");
    conn.batch_execute("DROP TABLE productions")
        .expect("no obstacle");
    let rest = migrations::pending(database.url()).expect("a list");
    assert_eq!(
        migrations::migrate(database.url()).expect("they apply"),
        rest
    );
}

/// A server that waits for another one to migrate, and loses its connection, may try again.
#[test]
fn a_migration_whose_connection_is_lost_is_unavailable() {
    let database = TestDatabase::empty();
    let conn = &mut database.connection();
    let lock = format!("SELECT pg_advisory_lock({})", 0x6f72_6761_7069_i64);
    conn.batch_execute(&lock).expect("the lock is free");
    let url = database.url().clone();
    let waiting = std::thread::spawn(move || migrations::migrate(&url));
    let mut waits = Vec::new();
    wait_until("one waits", || {
        waits = lines(
            conn,
            "SELECT pid::text AS line FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event = 'advisory'",
        );
        !waits.is_empty()
    });
    let end = format!("SELECT pg_terminate_backend({})", waits[0]);
    conn.batch_execute(&end).expect("it ends");
    let lost = waiting.join().expect("no panic");
    assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
}

#[test]
fn a_database_in_another_encoding_is_refused() {
    let database = TestDatabase::empty();
    let (server, name) = database
        .url()
        .as_str()
        .rsplit_once('/')
        .expect("a database");
    let other = format!("{name}_latin1");
    let mut conn = database.connection();
    conn.batch_execute(&format!(
        "CREATE DATABASE {other} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    ))
    .expect("a database");
    let url = format!("{server}/{other}").parse().expect("a URL");
    let refused = migrations::migrate(&url);
    conn.batch_execute(&format!("DROP DATABASE {other} WITH (FORCE)"))
        .expect("dropped");
    let Err(StoreError::Failed(cause)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        cause.to_string(),
        "the database is encoded in LATIN1 and must be in UTF8"
    );
}

/// A number that is left out could be given later, to a migration that some databases would apply after
/// those that follow it here, and others before them.
#[test]
fn no_number_of_a_migration_is_left_out() {
    let known = migrations::known().expect("the versions");
    let counted: Vec<_> = (1..=known.len())
        .map(|number| format!("{number:04}"))
        .collect();
    assert_eq!(known, counted);
}
