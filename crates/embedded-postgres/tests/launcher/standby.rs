//! A replica for tests follows its primary, and does so again after it was stopped.

use std::time::Duration;

use org_embedded_postgres::{Durability, Settings, start, testing};

use crate::support::{eventually, fast, scratch, sql};

const LINGER: Duration = Duration::from_secs(30);

/// Waits until the replica at `url` has so many rows.
fn until_it_has(url: &str, rows: &str) {
    let count = "SELECT count(*) FROM followed";
    eventually("the replica has followed", || {
        sql(url, count).is_ok_and(|found| found == rows)
    });
}

#[test]
fn a_standby_follows_its_primary_also_after_it_was_stopped() {
    let (dir, copy) = (scratch(), scratch());
    let primary = fast(&dir.path().join("primary"));
    let admin = primary.admin_url("postgres");
    sql(&admin, "CREATE TABLE followed (number integer)").unwrap();
    sql(&admin, "INSERT INTO followed VALUES (1)").unwrap();

    let base = copy.path().join("standby");
    let standby = testing::standby(&primary, &base, LINGER).unwrap();
    let url = standby.admin_url("postgres");
    assert_eq!(sql(&url, "SELECT pg_is_in_recovery()").unwrap(), "t");
    until_it_has(&url, "1");

    standby.stop().unwrap();
    sql(&admin, "INSERT INTO followed VALUES (2)").unwrap();
    let settings = Settings::new(&base).durability(Durability::ForTests);
    let standby = start(&settings).unwrap();
    until_it_has(&standby.admin_url("postgres"), "2");
}
