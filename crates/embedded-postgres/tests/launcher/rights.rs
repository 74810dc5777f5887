//! What the application's role may do, and how the server is set up for it.
//!
//! The cluster that all tests share will do for most of this: what they write is temporary, or has
//! the number of this process in its name.

use org_embedded_postgres::{Cluster, testing};

use crate::support::{safe, scratch, sql};

fn shared() -> &'static Cluster {
    testing::cluster().unwrap()
}

/// What the application's role is answered in its own database.
fn ask(cluster: &Cluster, statement: &str) -> Result<String, String> {
    sql(&cluster.url("org_api"), statement)
}

/// A database of the shared cluster, removed with this.
struct Database(String);

impl Database {
    fn create(name: &str) -> Self {
        let database = Self(format!("{name} {}", std::process::id()));
        database.run("CREATE DATABASE", "TEMPLATE org_api STRATEGY file_copy");
        database
    }

    fn run(&self, verb: &str, rest: &str) {
        sql(
            &shared().url("postgres"),
            &format!("{verb} \"{}\" {rest}", self.0),
        )
        .unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.run("DROP DATABASE", "");
    }
}

#[test]
fn the_role_has_no_right_that_row_level_security_does_not_hold() {
    let rights = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles
        WHERE rolname = current_user";
    assert_eq!(ask(shared(), rights), Ok("f|f|f|f".into()));
}

#[test]
fn the_role_cannot_give_itself_more_rights() {
    for escape in ["ALTER ROLE org_api BYPASSRLS", "SET ROLE postgres"] {
        let refusal = ask(shared(), escape).unwrap_err();
        assert!(
            refusal.contains("ermission denied") || refusal.contains("must be superuser"),
            "{refusal}"
        );
    }
}

#[test]
fn a_policy_holds_for_the_role_on_its_own_tables() {
    let rows = "CREATE TEMP TABLE rows (org int); INSERT INTO rows VALUES (1), (2);
        ALTER TABLE rows ENABLE ROW LEVEL SECURITY; ALTER TABLE rows FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON rows USING (org = 1); SELECT org FROM rows";
    assert_eq!(ask(shared(), rows), Ok("1".into()));
    let everyone = sql(&shared().admin_url("org_api"), rows);
    assert_eq!(everyone, Ok("1\n2".into()));
}

#[test]
fn the_role_owns_its_database() {
    let owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'org_api'";
    assert_eq!(ask(shared(), owner), Ok("org_api".into()));
}

#[test]
fn text_is_ordered_by_code_points_and_its_case_is_known() {
    assert_eq!(ask(shared(), "SHOW server_encoding"), Ok("UTF8".into()));
    let text = "SELECT 'Z' < 'a', 'z' < 'ä', lower('DVOŘÁK')";
    assert_eq!(ask(shared(), text), Ok("t|t|dvořák".into()));
}

#[test]
fn a_safe_cluster_writes_through() {
    let base = scratch();
    let cluster = safe(base.path());
    assert_eq!(ask(&cluster, "SHOW fsync"), Ok("on".into()));
    assert_eq!(ask(&cluster, "SHOW full_page_writes"), Ok("on".into()));
}

#[test]
fn the_role_of_a_safe_cluster_makes_no_databases() {
    let base = scratch();
    let refusal = ask(&safe(base.path()), "CREATE DATABASE another").unwrap_err();
    assert!(refusal.contains("permission denied"), "{refusal}");
}

#[test]
fn a_cluster_for_tests_writes_when_it_likes() {
    for (setting, value) in [
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("max_wal_size", "256MB"),
    ] {
        assert_eq!(ask(shared(), &format!("SHOW {setting}")), Ok(value.into()));
    }
}

#[test]
fn the_role_of_a_cluster_for_tests_clones_databases() {
    let clone = Database::create("clone");
    let name = sql(&shared().url(&clone.0), "SELECT current_database()");
    assert_eq!(name, Ok(clone.0.clone()));
}

#[test]
fn a_databases_name_may_be_anything() {
    let odd = Database::create("an odd/näme?x=y&z#%41");
    let name = sql(&shared().url(&odd.0), "SELECT current_database()");
    assert_eq!(name, Ok(odd.0.clone()));
}

#[test]
fn nothing_but_the_socket_is_listened_on() {
    assert_eq!(ask(shared(), "SHOW listen_addresses"), Ok(String::new()));
    assert_eq!(
        ask(shared(), "SHOW unix_socket_permissions"),
        Ok("0700".into())
    );
}

/// What the application stores is personal, and its log is nobody's business.
#[test]
fn a_failing_statement_leaves_no_data_in_the_log() {
    let person = format!("ada-{}@example.org", std::process::id());
    let constraint = format!("people_{}", std::process::id());
    let twice = format!(
        "CREATE TEMP TABLE people (email text CONSTRAINT {constraint} UNIQUE);
         INSERT INTO people VALUES ('{person}'), ('{person}')"
    );
    ask(shared(), &twice).unwrap_err();
    let log = std::fs::read_to_string(shared().log()).unwrap();
    assert!(log.contains(&constraint), "{log}");
    assert!(!log.contains(&person), "{log}");
}
