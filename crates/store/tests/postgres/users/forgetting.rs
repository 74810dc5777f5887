//! What is over is forgotten, in batches.

use org_auth::session_store::SessionStore;
use org_auth::user::Role::Owner;

use super::{House, minute};
use crate::catalog::lines;

fn left(house: &House) -> [String; 2] {
    ["console_sessions", "sign_in_links"].map(|table| {
        let count = format!("SELECT count(*)::text AS line FROM {table}");
        lines(&mut house.database.connection(), &count).concat()
    })
}

#[test]
fn no_batch_forgets_more_than_it_may_of_either_kind() {
    let house = House::new();
    let user = house.joined(1, Owner);
    for number in 2..5 {
        house.pending(user, number);
        house.invited(number, Owner);
    }
    assert_eq!(left(&house), ["4", "3"]);
    let forget = |at, most| {
        let forgotten = SessionStore::forget_expired(&house.pg, minute(at), most);
        forgotten.expect("the store answers")
    };
    assert_eq!(forget(59, 100), 0);
    // Links end after an hour, sessions a minute later.
    assert_eq!(forget(62, 2), 4);
    assert_eq!(left(&house), ["2", "1"]);
    assert_eq!(forget(62, 2), 3);
    assert_eq!(left(&house), ["0", "0"]);
}
