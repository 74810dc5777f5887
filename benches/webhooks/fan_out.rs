//! Events to deliveries.

use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;

use crate::accounts::count;
use crate::stage::Stage;
use crate::{seconds_of, tell_at_once};

const ENDPOINTS: u32 = 10;

/// Prints how fast events are fanned out, beside how fast PostgreSQL alone copies the same deliveries
/// into a table of the same indexes.
pub(super) fn measure(stage: &Stage, events: u32) {
    for endpoint in 0..ENDPOINTS {
        stage.endpoint(&format!("http://127.0.0.1:9/{endpoint}"));
    }
    let conn = &mut stage.connection();
    tell_at_once(conn, events);
    let mut server = None;
    let fanned_out = seconds_of(|| {
        server = Some(stage.serve_with(&[]));
        while count(conn, "SELECT count(*) FROM events WHERE position IS NULL") > 0 {
            thread::sleep(Duration::from_millis(20));
        }
    });
    drop(server);
    let deliveries = count(conn, "SELECT count(*) FROM webhook_deliveries");
    assert_eq!(deliveries, i64::from(events * ENDPOINTS));
    conn.batch_execute("CREATE TABLE copied (LIKE webhook_deliveries INCLUDING ALL)")
        .expect("a table");
    let copied = seconds_of(|| {
        let copy = "INSERT INTO copied SELECT * FROM webhook_deliveries";
        conn.batch_execute(copy).expect("copied");
    });
    println!(
        "fan-out: {events} events to {ENDPOINTS} endpoints in {fanned_out:.1} s: {:.0} events/s, \
         {:.0} deliveries/s; {:.1} times as long as PostgreSQL alone takes to copy them ({copied:.1} s)",
        f64::from(events) / fanned_out,
        f64::from(events * ENDPOINTS) / fanned_out,
        fanned_out / copied,
    );
}
